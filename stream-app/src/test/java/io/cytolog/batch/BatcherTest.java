// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatcherTest {

    private static final int CELL_BYTES = 32 * 32 * 3;

    private final List<ScriptedAnnotator> sessions =
            Collections.synchronizedList(new ArrayList<>());
    private final Batcher batcher =
            Batcher.start(
                    () -> {
                        ScriptedAnnotator session = new ScriptedAnnotator();
                        sessions.add(session);
                        return session;
                    },
                    new BatchPolicy(
                            4, Duration.ofMillis(1), 16L * CELL_BYTES, Duration.ofSeconds(10)),
                    System::nanoTime,
                    BatchListener.NONE);

    @AfterEach
    void close() {
        sessions.forEach(session -> session.permits.release(100));
        batcher.close();
    }

    @Test
    void givesEachImageItsOwnAnnotationsInOrder() throws Exception {
        // Given
        ScriptedAnnotator session = session(0);
        session.permits.release(100);

        // When
        CompletableFuture<List<CellAnnotation>> one = submit(1, 2, 3, 4, 5, 6);
        CompletableFuture<List<CellAnnotation>> other = submit(7);

        // Then
        assertThat(firstBytes(one)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(firstBytes(other)).containsExactly(7);
    }

    @Test
    void fillsOneRunWithCellsOfManyImages() throws Exception {
        // Given: the session is busy while images arrive.
        ScriptedAnnotator session = session(0);
        CompletableFuture<List<CellAnnotation>> busy = submit(9);
        session.began.acquire();
        List<CompletableFuture<List<CellAnnotation>>> images =
                List.of(submit(1), submit(2), submit(3), submit(4));

        // When
        session.permits.release(2);

        // Then
        for (CompletableFuture<List<CellAnnotation>> image : images) {
            image.get(10, TimeUnit.SECONDS);
        }
        assertThat(busy).isCompleted();
        assertThat(session.batches).containsExactly(1, 4);
    }

    @Test
    void answersImageWithoutCellsWithoutTheSession() throws Exception {
        assertThat(submit().get()).isEmpty();
    }

    @Test
    void failsEveryImageOfTheBatchAndServesTheNextWithANewSession() throws Exception {
        // Given
        ScriptedAnnotator broken = session(0);
        broken.failing = true;
        broken.permits.release(100);
        CompletableFuture<List<CellAnnotation>> one = submit(1, 2, 3, 4, 5, 6);
        session(0).began.acquire();
        CompletableFuture<List<CellAnnotation>> next = submit(7);

        // When
        assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the session is gone");

        // Then: the failed image's last two cells went with it.
        ScriptedAnnotator fresh = session(1);
        fresh.permits.release(100);
        assertThat(firstBytes(next)).containsExactly(7);
        assertThat(fresh.batches).containsExactly(1);
        assertThat(broken.closed).hasValue(1);
    }

    @Test
    void holdsBackWhoSubmitsWhileTheQueueIsFull() throws Exception {
        // Given: one image in the session, eight cells in the queue.
        ScriptedAnnotator session = session(0);
        submit(9);
        session.began.acquire();
        submit(1, 2, 3, 4, 5, 6, 7, 8);

        // When
        CompletableFuture<List<CellAnnotation>> late =
                CompletableFuture.supplyAsync(() -> submit(10)).thenCompose(image -> image);

        // Then
        assertThat(late).isNotDone();
        session.permits.release(100);
        assertThat(firstBytes(late)).containsExactly(10);
    }

    @Test
    void letsStatInWhileRoutineWaitsForRoom() throws Exception {
        // Given: the session is busy, the ROUTINE lane full and one more image before it.
        ScriptedAnnotator session = session(0);
        submit(9);
        session.began.acquire();
        submit(1, 2, 3, 4, 5, 6, 7, 8);
        CompletableFuture<List<CellAnnotation>> held =
                CompletableFuture.supplyAsync(() -> submit(10)).thenCompose(image -> image);

        // When
        CompletableFuture<List<CellAnnotation>> urgent = submit(Priority.STAT, 11);
        session.permits.release(2);

        // Then: two runs, the one under way and the next, answer it.
        assertThat(firstBytes(urgent)).containsExactly(11);
        assertThat(held).isNotDone();
    }

    @Test
    void endsTheRunUnderWayAndFailsWhatWaitsWhenClosed() throws Exception {
        // Given
        ScriptedAnnotator session = session(0);
        CompletableFuture<List<CellAnnotation>> underWay = submit(1);
        session.began.acquire();
        CompletableFuture<List<CellAnnotation>> waiting = submit(2);

        // When
        CompletableFuture<Void> closing = CompletableFuture.runAsync(batcher::close);
        await().until(() -> submit(3).isCompletedExceptionally());
        session.permits.release(1);
        closing.get(10, TimeUnit.SECONDS);

        // Then
        assertThat(underWay).isCompleted();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(BatcherClosedException.class);
        assertThat(session.closed).hasValue(1);
    }

    @Test
    void failsWhoStandsInLineWhenClosed() throws Exception {
        // Given: one image in the session, the lane full, one more before it.
        ScriptedAnnotator session = session(0);
        submit(9);
        session.began.acquire();
        submit(1, 2, 3, 4, 5, 6, 7, 8);
        CompletableFuture<List<CellAnnotation>> inLine =
                CompletableFuture.supplyAsync(() -> submit(10)).thenCompose(image -> image);

        // When: the run under way does not end.
        CompletableFuture<Void> closing = CompletableFuture.runAsync(batcher::close);

        // Then
        assertThatThrownBy(() -> inLine.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(BatcherClosedException.class);
        session.permits.release(1);
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void failsEveryoneWhenTheSessionDoesNotOpen() {
        // Given
        try (Batcher unusable =
                Batcher.start(
                        () -> {
                            throw new IllegalStateException("no such release");
                        },
                        new BatchPolicy(4, Duration.ZERO, 1, Duration.ofSeconds(1)),
                        System::nanoTime,
                        BatchListener.NONE)) {

            // Then
            assertThatThrownBy(() -> unusable.opened().get(10, TimeUnit.SECONDS))
                    .hasRootCauseMessage("no such release");
        }
    }

    private ScriptedAnnotator session(int index) {
        await().until(() -> sessions.size() > index);
        return sessions.get(index);
    }

    private CompletableFuture<List<CellAnnotation>> submit(int... firstBytes) {
        return submit(Priority.ROUTINE, firstBytes);
    }

    private CompletableFuture<List<CellAnnotation>> submit(Priority priority, int... firstBytes) {
        List<CellPixels> cells = new ArrayList<>();
        for (int first : firstBytes) {
            byte[] rgb = new byte[CELL_BYTES];
            rgb[0] = (byte) first;
            cells.add(new CellPixels(32, rgb));
        }
        try {
            return batcher.submit(cells, priority);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> firstBytes(CompletableFuture<List<CellAnnotation>> image)
            throws Exception {
        return image.get(10, TimeUnit.SECONDS).stream()
                .map(annotation -> (int) annotation.margin())
                .toList();
    }
}
