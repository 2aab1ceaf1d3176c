// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static io.cytolog.serving.Decided.at;
import static io.cytolog.serving.Decided.id;
import static io.cytolog.serving.Decided.retire;
import static io.cytolog.serving.Decided.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.batch.Priority;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.release.ReleaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnnouncedServingTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final CountedReleases releases = new CountedReleases();
    private final Seen seen = new Seen();
    private AnnouncedServing serving;

    private static final class Seen implements ServingListener {
        private volatile ReleaseId answering = id('0');
        private volatile int refused;
        private final AtomicInteger late = new AtomicInteger();
        private final AtomicInteger gone = new AtomicInteger();

        @Override
        public void serving(ReleaseId release, String bankVersion) {
            answering = release;
        }

        @Override
        public void refused(int announcements) {
            refused = announcements;
        }

        @Override
        public void misplaced(Misplacement why) {
            (why == Misplacement.LATE ? late : gone).incrementAndGet();
        }
    }

    @BeforeEach
    void start() throws Exception {
        serving = new AnnouncedServing(releases, PATIENCE, seen);
        serving.awaitReady(at(0));
    }

    @AfterEach
    void everySessionIsClosedExactlyOnce() {
        serving.close();
        assertThat(releases.open()).isZero();
        assertThat(releases.someClosedTwice()).isFalse();
    }

    private void decide(long now, ReleaseDecision... decisions) {
        serving.decided(List.of(decisions), List.of(), at(now));
    }

    private ReleaseId answering(long second) throws InterruptedException {
        try (Lease lease = serving.lease(at(second))) {
            return lease.edition().release().id();
        }
    }

    @Test
    void answersEachImageWithTheReleaseThatItsTimeDemands() throws Exception {
        // When
        decide(0, serve('b', 10, 1));

        // Then
        assertThat(answering(10)).isEqualTo(id('b'));
        assertThat(answering(9)).isEqualTo(CountedReleases.CONFIGURED);
        assertThat(answering(11)).isEqualTo(id('b'));
        assertThat(seen.late).hasValue(0);
    }

    @Test
    void tellsWhatServesWhenTheTimeHasCome() {
        // Given
        decide(0, serve('b', 10, 1));
        assertThat(seen.answering).isEqualTo(CountedReleases.CONFIGURED);

        // Then
        await().untilAsserted(
                        () -> {
                            serving.keep(at(10));
                            assertThat(seen.answering).isEqualTo(id('b'));
                        });
        assertThat(serving.answering().orElseThrow().id()).isEqualTo(id('b'));
    }

    @Test
    void loadsAheadOfThePointOfChange() {
        // When
        decide(0, serve('b', 10, 1));

        // Then
        await().until(() -> releases.opened(id('b')) == 1);
    }

    @Test
    void loadsTheSecondOfTwoAheadOfItsPointOfChangeWhenTheFirstIsBad() {
        // Given
        releases.spoil(id('b'));

        // When
        decide(0, serve('b', 10, 1), serve('c', 11, 2));

        // Then: nobody told it of a later time
        await().until(() -> releases.opened(id('c')) == 1);
    }

    @Test
    void keepsTheOldOneServingWhenTheNewOneIsBad() throws Exception {
        // Given
        releases.spoil(id('b'));

        // When
        decide(0, serve('b', 10, 1));

        // Then
        await().until(() -> seen.refused == 1);
        assertThat(answering(20)).isEqualTo(CountedReleases.CONFIGURED);
        decide(20, serve('c', 30, 2));
        assertThat(seen.refused).isZero();
        assertThat(answering(30)).isEqualTo(id('c'));
        assertThat(answering(29)).isEqualTo(CountedReleases.CONFIGURED);
    }

    @Test
    void keepsTheOldOneForImagesThatTheNewOneKeptWaitingTooLong() throws Exception {
        // Given
        CountDownLatch loading = releases.hold(id('b'));
        decide(0, serve('b', 10, 1));

        // Then
        assertThat(answering(10)).isEqualTo(CountedReleases.CONFIGURED);
        assertThat(answering(11)).isEqualTo(CountedReleases.CONFIGURED);
        assertThat(seen.late).hasValue(2);

        // When
        loading.countDown();

        // Then
        await().until(() -> answering(12).equals(id('b')));
    }

    @Test
    void loadsAnEarlierReleaseAgainForABacklog() throws Exception {
        // Given: more releases than are kept
        List<ReleaseDecision> decisions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            decisions.add(serve((char) ('b' + i % 5), 10L * (i + 1), i));
        }
        serving.decided(decisions, List.of(), at(100));

        // Then: every image is answered as its time demands, in any order
        for (int second : new int[] {60, 10, 50, 20, 40, 30, 10, 60}) {
            int index = second / 10 - 1;
            assertThat(answering(second)).isEqualTo(id((char) ('b' + index % 5)));
            await().until(() -> releases.open() <= Editions.MOST + 1);
        }
        assertThat(seen.late).hasValue(0);
        assertThat(releases.opened(id('c'))).isGreaterThan(0);
    }

    @Test
    void answersABacklogWithAnotherReleaseWhenItsOwnIsGone() throws Exception {
        // Given: the configured release was given up for others, and then its folder went
        releases.spoil(CountedReleases.CONFIGURED);
        decide(50, serve('b', 10, 1), serve('c', 20, 2), serve('d', 30, 3), serve('e', 40, 4));
        for (int second : new int[] {10, 20, 30, 40}) {
            answering(second);
        }
        await().until(() -> releases.closed(CountedReleases.CONFIGURED) == 1);

        // Then
        assertThat(answering(5)).isNotEqualTo(CountedReleases.CONFIGURED);
        assertThat(seen.gone).hasValue(1);
    }

    @Test
    void closesAnEditionOnlyAfterItsLastImage() throws Exception {
        // Given
        Lease held = serving.lease(at(0));
        decide(50, serve('b', 10, 1), serve('c', 20, 2), serve('d', 30, 3), serve('e', 40, 4));
        for (int second : new int[] {10, 20, 30, 40}) {
            answering(second);
        }

        // Then
        assertThat(releases.closed(CountedReleases.CONFIGURED)).isZero();
        PreparedImage image = image();
        assertThat(held.edition().annotate(image, Priority.STAT).join().annotation().cells())
                .hasSize(1);

        // When
        held.close();
        held.close();

        // Then
        await().until(() -> releases.closed(CountedReleases.CONFIGURED) == 1);
    }

    @Test
    void startsWithWhatWasAnnouncedLongAgo() throws Exception {
        // Given
        try (AnnouncedServing fresh = new AnnouncedServing(releases, PATIENCE, seen)) {
            fresh.decided(
                    List.of(serve('b', 10, 1), serve('c', 20, 2), retire('c', 30, 3)),
                    List.of(),
                    at(100));

            // Then
            assertThat(fresh.awaitReady(at(100)).id()).isEqualTo(id('b'));
        }
    }

    @Test
    void failsToStartWhereNothingCanServe() {
        // Given
        releases.spoil(CountedReleases.CONFIGURED);
        try (AnnouncedServing fresh = new AnnouncedServing(releases, PATIENCE, seen)) {

            // Then
            assertThatThrownBy(() -> fresh.awaitReady(at(0)))
                    .isInstanceOf(EditionFailedException.class)
                    .hasMessageContaining("is bad");
        }
    }

    @Test
    void keepsSomethingToAnswerWithWhileChangesComeFasterThanLoadsEnd() throws Exception {
        // Given
        answering(0);
        List<CountDownLatch> loading = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            loading.add(releases.hold(id((char) ('1' + i))));
        }

        // When: each change is followed by the next before its release is loaded
        for (int i = 0; i < 8; i++) {
            decide(10 * i, serve((char) ('1' + i), 10L * i + 5, i));
            serving.keep(at(10L * i + 6));
            assertThat(answering(10L * i + 6)).isEqualTo(CountedReleases.CONFIGURED);
        }
        loading.forEach(CountDownLatch::countDown);

        // Then: what was asked for comes, and the last change takes effect
        await().until(() -> answering(76).equals(id('8')));
        assertThat(releases.open()).isLessThanOrEqualTo(Editions.MOST);
    }

    @Test
    void loadsNothingThatNobodyNeedsAnyMore() {
        // Given: a load that takes its time, and changes behind it that no image sees
        CountDownLatch loading = releases.hold(id('b'));
        decide(0, serve('b', 10, 1));
        await().until(() -> releases.begun(id('b')));
        for (int i = 0; i < 5; i++) {
            decide(20 + i, serve((char) ('1' + i), 20L + i, 2 + i));
        }

        // When
        loading.countDown();

        // Then
        await().until(() -> releases.opened(id('5')) == 1);
        assertThat(releases.opened(id('1'))).isZero();
        assertThat(releases.opened(id('3'))).isZero();
    }

    @Test
    void losesNoImageOverManyChangesUnderLoad() throws Exception {
        // Given
        int changes = 60;
        Random random = new Random(7);
        List<Future<Integer>> wrong = new ArrayList<>();
        AtomicInteger clock = new AtomicInteger();
        try (ExecutorService images = Executors.newFixedThreadPool(3)) {
            for (int worker = 0; worker < 3; worker++) {
                wrong.add(images.submit(() -> wrongAnswers(clock, changes)));
            }

            // When
            for (int change = 1; change <= changes; change++) {
                char release = (char) ('b' + random.nextInt(5));
                decide(change - 1, serve(release, change, change));
                await().until(() -> seen.refused == 0);
                serving.keep(at(change));
                clock.set(change);
            }

            // Then
            for (Future<Integer> worker : wrong) {
                assertThat(worker.get()).isZero();
            }
        }
        assertThat(seen.late).hasValue(0);
        assertThat(releases.open()).isLessThanOrEqualTo(Editions.MOST);
    }

    private Integer wrongAnswers(AtomicInteger clock, int changes) throws Exception {
        int wrong = 0;
        PreparedImage image = image();
        while (true) {
            int second = clock.get();
            ReleaseId demanded =
                    serving.timeline()
                            .decisionAt(at(second))
                            .map(ReleaseDecision::release)
                            .orElse(CountedReleases.CONFIGURED);
            Lease lease = serving.lease(at(second));
            CompletableFuture<AnnotatedImage> answer =
                    lease.edition().annotate(image, Priority.ROUTINE);
            ReleaseId given = answer.get().annotation().releaseId();
            lease.close();
            wrong += given.equals(demanded) ? 0 : 1;
            if (second == changes) {
                return wrong;
            }
        }
    }

    private static PreparedImage image() {
        CellPixels pixels = ColourRelease.release().golden().pixels().getFirst();
        LocatedCell cell = new LocatedCell(Box.whole(32, 32), List.of());
        return new PreparedImage(
                "f".repeat(64),
                ImageKind.CELL,
                32,
                32,
                List.of(new PreparedCell(cell, pixels)),
                List.of());
    }
}
