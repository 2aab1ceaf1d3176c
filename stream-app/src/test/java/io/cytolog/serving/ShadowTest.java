// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static io.cytolog.serving.Decided.at;
import static io.cytolog.serving.Decided.id;
import static io.cytolog.serving.Decided.retire;
import static io.cytolog.serving.Decided.shadow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.batch.Priority;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShadowTest {

    private static final ImageBytes FILE = ImageBytes.wrap(new byte[] {1, 2, 3});

    private final CountedReleases releases = new CountedReleases();
    private final Seen seen = new Seen();
    private AnnouncedServing serving;

    private static final class Seen implements ServingListener {

        private final Map<Mirrored, AtomicInteger> images = new EnumMap<>(Mirrored.class);
        private final Map<Agreement, AtomicInteger> cells = new EnumMap<>(Agreement.class);
        private final List<Double> differences = Collections.synchronizedList(new ArrayList<>());

        Seen() {
            Arrays.stream(Mirrored.values()).forEach(o -> images.put(o, new AtomicInteger()));
            Arrays.stream(Agreement.values()).forEach(a -> cells.put(a, new AtomicInteger()));
        }

        @Override
        public void mirrored(Mirrored outcome) {
            images.get(outcome).incrementAndGet();
        }

        @Override
        public void compared(Agreement agreement) {
            cells.get(agreement).incrementAndGet();
        }

        @Override
        public void similarityDiffered(double difference) {
            differences.add(difference);
        }

        int images(Mirrored outcome) {
            return images.get(outcome).get();
        }
    }

    @BeforeEach
    void start() throws Exception {
        serving = new AnnouncedServing(releases, Duration.ofSeconds(5), seen);
        serving.awaitReady(at(0));
    }

    @AfterEach
    void everySessionIsClosedExactlyOnce() {
        serving.close();
        assertThat(releases.open()).isZero();
        assertThat(releases.someClosedTwice()).isFalse();
    }

    private void startShadow(double share) {
        serving.decided(List.of(shadow('b', share, 10, 1)), List.of(), at(10));
        await().until(() -> releases.opened(id('b')) == 1);
        await().until(() -> serving.shadowReady(at(10)));
    }

    private AnnotatedImage answer(int number, int cells, long second) throws Exception {
        PreparedImage image = image(number, cells);
        try (Lease lease = serving.lease(at(second))) {
            Mirror mirror = lease.mirror(FILE, image.sha256());
            AnnotatedImage answer = lease.edition().annotate(image, Priority.ROUTINE).get();
            mirror.answered(answer);
            return answer;
        }
    }

    @Test
    void comparesWhatAShadowSaysAndAnswersAsBefore() throws Exception {
        // Given
        startShadow(1);

        // When
        AnnotatedImage answer = answer(1, 20, 10);

        // Then
        await().until(() -> seen.images(ServingListener.Mirrored.COMPARED) == 1);
        assertThat(answer.annotation().releaseId()).isEqualTo(CountedReleases.CONFIGURED);
        assertThat(seen.cells.get(Agreement.SAME)).hasValue(20);
        assertThat(seen.differences).hasSize(20).allMatch(difference -> difference < 1e-6);
    }

    @Test
    void tellsFindingsAndAbstentionsThatDiffer() throws Exception {
        // Given
        releases.invert(id('b'));
        startShadow(1);

        // When
        answer(1, 3, 10);

        // Then
        await().until(() -> seen.images(ServingListener.Mirrored.COMPARED) == 1);
        assertThat(seen.cells.get(Agreement.FINDING_DIFFERS)).hasValue(3);
    }

    @Test
    void mirrorsTheShareThatDigestsChoose() {
        // Given
        List<String> digests = IntStream.range(0, 4_000).mapToObj(ShadowTest::digest).toList();

        // Then
        long quarter = digests.stream().filter(d -> ShadowRunner.sees(0.25, d)).count();
        assertThat(quarter).isBetween(880L, 1_120L);
        assertThat(digests).allMatch(d -> ShadowRunner.sees(1, d));
        assertThat(digests).noneMatch(d -> ShadowRunner.sees(0, d));
    }

    @Test
    void waitsWhileAnImageIsUnderWayAndDropsWhatFindsNoRoom() throws Exception {
        // Given: an image that is never done, and more than fits the queue
        startShadow(1);
        Lease underWay = serving.lease(at(10));
        int cells = 400;
        long bytes = (long) cells * 32 * 32 * 3;
        int images = (int) (2 * ShadowRunner.MOST_BYTES / bytes);

        // When
        for (int i = 0; i < images; i++) {
            answer(i, cells, 10);
        }

        // Then
        assertThat(seen.images(ServingListener.Mirrored.COMPARED)).isZero();
        assertThat(seen.images(ServingListener.Mirrored.DROPPED)).isBetween(images / 3, images);
        underWay.close();
        await().until(
                        () ->
                                seen.images(ServingListener.Mirrored.COMPARED)
                                                + seen.images(ServingListener.Mirrored.DROPPED)
                                        == images);
    }

    @Test
    void endsWhenTheShadowIsRetired() throws Exception {
        // Given
        startShadow(1);

        // When
        serving.decided(List.of(retire('b', 20, 2)), List.of(), at(20));
        answer(1, 1, 20);

        // Then
        assertThat(seen.images(ServingListener.Mirrored.DROPPED)).isZero();
        answer(2, 1, 10);
        await().until(() -> seen.images(ServingListener.Mirrored.COMPARED) == 1);
    }

    private static String digest(int number) {
        return ImageBytes.wrap(new byte[] {(byte) number, (byte) (number >> 8)}).sha256();
    }

    private static PreparedImage image(int number, int cells) {
        byte[] red = new byte[32 * 32 * 3];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = (byte) 200;
        }
        CellPixels pixels = new CellPixels(32, red);
        LocatedCell cell = new LocatedCell(Box.whole(32, 32), List.of());
        return new PreparedImage(
                digest(number),
                ImageKind.FIELD,
                640,
                640,
                Collections.nCopies(cells, new PreparedCell(cell, pixels)),
                List.of());
    }
}
