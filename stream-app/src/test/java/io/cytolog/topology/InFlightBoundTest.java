// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InFlightBoundTest {

    private static final long MS = 1_000_000;
    private static final long MAX_BYTES = 1_000;

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong metered = new AtomicLong();
    private final InFlightBound bound =
            new InFlightBound(
                    new InFlightLimits(MAX_BYTES, Duration.ofSeconds(2)), now::get, metered::set);

    @Test
    void hasNoRoomBeforeThePaceIsKnown() {
        assertThat(bound.hasRoomFor(1)).isFalse();
    }

    @Test
    void hasRoomForAsMuchWorkAsItsHorizonHoldsAtThePaceLastSeen() {
        // When: half a second an image, so four fill two seconds.
        answerOneBy(500, 10);

        // Then
        assertThat(roomNow()).isEqualTo(4);
    }

    @Test
    void letsInNoMoreThanItsAimOnceThereIsWorkForAll() {
        // Given: half a second an image; one second aimed at.
        InFlightLimits limits =
                new InFlightLimits(MAX_BYTES, Duration.ofSeconds(2), Duration.ofSeconds(1), 0);
        InFlightBound aimed = new InFlightBound(limits, now::get, metered::set);

        // When
        answerOneBy(aimed, 500, 10);

        // Then
        assertThat(roomNow(aimed)).isEqualTo(2);
    }

    @Test
    void keepsEveryThreadBusyWhateverItsAimAndNoMoreThanItsHorizon() {
        // Given: half a second an image; less aimed at than one takes.
        Duration aim = Duration.ofMillis(100);
        InFlightLimits three = new InFlightLimits(MAX_BYTES, Duration.ofSeconds(2), aim, 3);
        InFlightLimits many = new InFlightLimits(MAX_BYTES, Duration.ofSeconds(2), aim, 30);

        for (InFlightLimits limits : List.of(three, many)) {
            InFlightBound busy = new InFlightBound(limits, now::get, metered::set);

            // When
            answerOneBy(busy, 500, 10);

            // Then
            assertThat(roomNow(busy)).isEqualTo(limits == three ? 3 : 4);
        }
    }

    @Test
    void followsThePaceWithinItsHorizon() {
        // Given
        answerOneBy(20, 200);

        // When: the same work becomes fifty times as slow.
        answerOneBy(1_000, 4);

        // Then
        assertThat(roomNow()).isLessThanOrEqualTo(3);
    }

    @Test
    void takesManyAnswersAtOnceForWhatTheyTookTogether() {
        // Given: batches of ten take one second.
        for (int batch = 0; batch < 4; batch++) {
            Deque<InFlightBound.Share> images = new ArrayDeque<>();
            for (int i = 0; i < 10; i++) {
                images.add(bound.enter(1));
            }
            now.addAndGet(1_000 * MS);
            images.forEach(InFlightBound.Share::answer);
            images.forEach(InFlightBound.Share::giveBack);
        }

        // Then
        assertThat(roomNow()).isBetween(18, 22);
    }

    @Test
    void isNotMisledByTwoAnswersThatComeTogether() {
        // Given
        answerOneBy(500, 40);

        // When
        answerOneBy(0, 1);

        // Then
        assertThat(roomNow()).isBetween(4, 5);
    }

    @Test
    void doesNotTakeIdleTimeForWork() {
        // Given
        answerOneBy(100, 10);

        // When
        now.addAndGet(Duration.ofHours(1).toNanos());
        answerOneBy(100, 1);

        // Then
        assertThat(roomNow()).isEqualTo(20);
    }

    @Test
    void holdsNoMoreBytesThanItsBound() {
        // Given
        answerOneBy(1, 10);
        InFlightBound.Share image = bound.enter(600);
        assertThat(bound.hasRoomFor(400)).isTrue();
        assertThat(bound.hasRoomFor(401)).isFalse();

        // When
        image.weigh(100);

        // Then
        assertThat(bound.hasRoomFor(900)).isTrue();
        assertThat(metered).hasValue(100);
    }

    @Test
    void keepsAnsweredImagesInItsBytesUntilTheyAreForwarded() {
        // Given
        answerOneBy(1, 10);
        InFlightBound.Share image = bound.enter(600);

        // When
        image.answer();

        // Then
        assertThat(bound.hasRoomFor(500)).isFalse();
        image.giveBack();
        assertThat(bound.hasRoomFor(500)).isTrue();
    }

    @Test
    void countsAnImageThatIsGivenUpOnce() {
        // Given
        answerOneBy(1_000, 10);
        InFlightBound.Share image = bound.enter(600);

        // When: its task is closed, and its work ends later.
        image.giveBack();
        image.weigh(900);
        image.answer();
        image.giveBack();

        // Then
        assertThat(metered).hasValue(0);
        assertThat(roomNow()).isEqualTo(2);
    }

    private void answerOneBy(long millis, int images) {
        answerOneBy(bound, millis, images);
    }

    private void answerOneBy(InFlightBound of, long millis, int images) {
        for (int i = 0; i < images; i++) {
            InFlightBound.Share image = of.enter(1);
            now.addAndGet(millis * MS);
            image.answer();
            image.giveBack();
        }
    }

    /** How many images it lets in now. */
    private int roomNow() {
        return roomNow(bound);
    }

    private static int roomNow(InFlightBound of) {
        Deque<InFlightBound.Share> images = new ArrayDeque<>();
        while (of.hasRoomFor(1)) {
            images.add(of.enter(1));
        }
        int room = images.size();
        images.forEach(InFlightBound.Share::giveBack);
        return room;
    }
}
