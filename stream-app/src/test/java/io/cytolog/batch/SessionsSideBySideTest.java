// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionsSideBySideTest {

    private static final int CELL_BYTES = 32 * 32 * 3;
    private static final int BATCH = 2;

    private final List<ScriptedAnnotator> sessions = new CopyOnWriteArrayList<>();
    private final Batcher batcher = started(this::opened);

    @AfterEach
    void close() {
        sessions.forEach(session -> session.permits.release(100));
        batcher.close();
    }

    @Test
    void runsTheCellsOfOneImageInBoth() throws Exception {
        // When: neither session may end its run yet.
        batcher.opened().get(10, TimeUnit.SECONDS);
        CompletableFuture<List<CellAnnotation>> image = submit(1, 2, 3, 4);

        // Then
        for (ScriptedAnnotator session : sessions) {
            assertThat(session.began.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        sessions.getLast().permits.release(1);
        assertThat(image).isNotDone();
        sessions.getFirst().permits.release(1);
        assertThat(image.get(10, TimeUnit.SECONDS))
                .extracting(CellAnnotation::margin)
                .containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void leavesTheOtherSessionToWhatComesWhileOneIsBusy() throws Exception {
        // Given
        batcher.opened().get(10, TimeUnit.SECONDS);
        CompletableFuture<List<CellAnnotation>> slow = submit(1, 2);
        await().until(() -> sessions.stream().anyMatch(s -> s.began.availablePermits() == 1));
        ScriptedAnnotator free =
                sessions.stream()
                        .filter(s -> s.began.availablePermits() == 0)
                        .findFirst()
                        .orElseThrow();

        // When
        free.permits.release(1);
        CompletableFuture<List<CellAnnotation>> quick = submit(3, 4);

        // Then
        quick.get(10, TimeUnit.SECONDS);
        assertThat(slow).isNotDone();
    }

    @Test
    void doesNotServeWhenOneOfThemDoesNotOpen() {
        // Given
        AtomicInteger asked = new AtomicInteger();
        AnnotatorSource second =
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        throw new IllegalStateException("no memory for a second one");
                    }
                    return opened();
                };

        // When
        try (Batcher unusable = started(second)) {

            // Then
            assertThatThrownBy(() -> unusable.opened().get(10, TimeUnit.SECONDS))
                    .hasRootCauseMessage("no memory for a second one");
        }
    }

    private ScriptedAnnotator opened() {
        ScriptedAnnotator session = new ScriptedAnnotator();
        sessions.add(session);
        return session;
    }

    private static Batcher started(AnnotatorSource source) {
        BatchPolicy policy =
                new BatchPolicy(
                        2,
                        BATCH,
                        Duration.ofMillis(1),
                        1 << 20,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1));
        return Batcher.start(source, policy, System::nanoTime, BatchListener.NONE);
    }

    private CompletableFuture<List<CellAnnotation>> submit(int... firstBytes)
            throws InterruptedException {
        return batcher.submit(
                IntStream.of(firstBytes).mapToObj(SessionsSideBySideTest::cell).toList(),
                Priority.ROUTINE);
    }

    private static CellPixels cell(int first) {
        byte[] rgb = new byte[CELL_BYTES];
        rgb[0] = (byte) first;
        return new CellPixels(32, rgb);
    }
}
