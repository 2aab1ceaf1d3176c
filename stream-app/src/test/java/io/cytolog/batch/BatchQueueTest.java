// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

    private static final int CELL_BYTES = 32 * 32 * 3;
    private static final long MS = 1_000_000;

    /** The policy halves what may wait: ten cells and one second of work a lane. */
    private final BatchQueue queue =
            new BatchQueue(
                    new BatchPolicy(
                            4, Duration.ofMillis(5), 20L * CELL_BYTES, Duration.ofSeconds(2)));

    @Test
    void waitsForCompanyUntilOldestCellReachesMaxDelay() {
        // Given
        queue.add(job(1, Priority.ROUTINE, 0));
        queue.add(job(1, Priority.ROUTINE, 3 * MS));

        // Then
        assertThat(queue.nanosUntilReady(3 * MS)).isEqualTo(2 * MS);
        assertThat(queue.nanosUntilReady(5 * MS)).isZero();
        assertThat(queue.take(5 * MS)).hasSize(2);
    }

    @Test
    void closesFullBatchAtOnce() {
        // When
        queue.add(job(4, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.nanosUntilReady(0)).isZero();
    }

    @Test
    void hasNothingToWaitForWhenEmpty() {
        assertThat(queue.nanosUntilReady(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.take(5 * MS)).isEmpty();
    }

    @Test
    void spreadsOneImageOverBatchesInOrder() {
        // Given
        CellJob image = job(6, Priority.ROUTINE, 0);
        queue.add(image);

        // When
        List<BatchedCell> first = queue.take(5 * MS);
        List<BatchedCell> second = queue.take(5 * MS);

        // Then
        assertThat(first).extracting(BatchedCell::index).containsExactly(0, 1, 2, 3);
        assertThat(second).extracting(BatchedCell::index).containsExactly(4, 5);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void takesStatBeforeRoutineAndFirstComeFirstServedWithin() {
        // Given
        CellJob routine = job(2, Priority.ROUTINE, 0);
        CellJob earlierStat = job(1, Priority.STAT, 1 * MS);
        CellJob laterStat = job(1, Priority.STAT, 2 * MS);
        List.of(routine, earlierStat, laterStat).forEach(queue::add);

        // When
        List<BatchedCell> batch = queue.take(5 * MS);

        // Then
        assertThat(batch)
                .extracting(BatchedCell::job)
                .containsExactly(earlierStat, laterStat, routine, routine);
    }

    @Test
    void letsTheLanesTakeTurnsOnceRoutineHasWaitedForTheLead() {
        // Given
        CellJob routine = job(4, Priority.ROUTINE, 0);
        CellJob stat = job(4, Priority.STAT, 900 * MS);
        queue.add(routine);
        queue.add(stat);

        // When
        List<BatchedCell> before = queue.take(999 * MS);
        queue.add(job(4, Priority.STAT, 999 * MS));
        List<BatchedCell> after = queue.take(1_000 * MS);

        // Then
        assertThat(before).extracting(BatchedCell::job).containsOnly(stat);
        assertThat(after)
                .extracting(cell -> cell.job().priority())
                .containsExactly(Priority.ROUTINE, Priority.STAT, Priority.ROUTINE, Priority.STAT);
    }

    @Test
    void takesTurnsAcrossBatchesOfOne() {
        // Given
        BatchQueue single = queueOf(1);
        single.add(job(3, Priority.ROUTINE, 0));
        single.add(job(3, Priority.STAT, 0));

        // When
        List<Priority> order =
                IntStream.range(0, 4)
                        .mapToObj(i -> single.take(2_000 * MS).getFirst().job().priority())
                        .toList();

        // Then
        assertThat(order)
                .containsExactly(Priority.ROUTINE, Priority.STAT, Priority.ROUTINE, Priority.STAT);
    }

    @Test
    void keepsRoutineWithinItsBoundUnderAFloodOfStat() {
        // Given: 10 ms a cell. Twelve ROUTINE cells wait, and STAT always has more than a batch.
        long pace = 10 * MS;
        BatchQueue flooded = queueOf(4);
        CellJob last = job(4, Priority.ROUTINE, 0);
        flooded.add(job(8, Priority.ROUTINE, 0));
        flooded.add(last);
        long now = 0;

        // When
        while (!last.exhausted()) {
            flooded.add(job(4, Priority.STAT, now));
            now += flooded.take(now).size() * pace;
        }

        // Then: the lead, the work of its lane twice over, the run under way.
        assertThat(now).isGreaterThan(1_000 * MS);
        assertThat(now).isLessThanOrEqualTo(1_000 * MS + 2 * 12 * pace + 4 * pace);
    }

    @Test
    void takesStatInTheNextBatchHoweverLargeTheFieldBeforeIt() {
        // Given: a field of 500 cells, in part taken and long overdue.
        CellJob field = job(500, Priority.ROUTINE, 0);
        queue.add(field);
        queue.take(5_000 * MS);
        CellJob stat = job(2, Priority.STAT, 5_001 * MS);
        queue.add(stat);

        // When
        List<BatchedCell> batch = queue.take(5_001 * MS);

        // Then
        assertThat(batch).extracting(BatchedCell::job).contains(stat);
        assertThat(stat.exhausted()).isTrue();
    }

    @Test
    void hasRoomForOneLaneWhateverWaitsInTheOther() {
        // Given: ten cells are half of the queue's bytes, and 8 of them 1.6 s of work.
        queue.pace(1, 200 * MS);

        // When
        queue.add(job(8, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.hasRoomFor(CELL_BYTES, Priority.ROUTINE)).isFalse();
        assertThat(queue.hasRoomFor(8L * CELL_BYTES, Priority.STAT)).isTrue();
    }

    @Test
    void hasRoomUpToItsBytesAndAlwaysForOneWhenEmpty() {
        // Given
        assertThat(queue.hasRoomFor(50L * CELL_BYTES, Priority.ROUTINE)).isTrue();

        // When
        queue.add(job(8, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.hasRoomFor(2L * CELL_BYTES, Priority.ROUTINE)).isTrue();
        assertThat(queue.hasRoomFor(3L * CELL_BYTES, Priority.ROUTINE)).isFalse();
    }

    @Test
    void hasNoRoomBeyondTheBacklogThatItsPaceAllows() {
        // Given: 4 cells take 2 s, so 3 cells that wait are 1.5 s of work.
        queue.pace(4, 2_000 * MS);
        queue.add(job(1, Priority.ROUTINE, 0));
        assertThat(queue.hasRoomFor(CELL_BYTES, Priority.ROUTINE)).isTrue();

        // When
        queue.add(job(2, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.hasRoomFor(CELL_BYTES, Priority.ROUTINE)).isFalse();
    }

    @Test
    void forgetsImagesThatNobodyWaitsFor() {
        // Given
        CellJob given = job(3, Priority.ROUTINE, 0);
        CellJob wanted = job(1, Priority.ROUTINE, 4 * MS);
        queue.add(given);
        queue.add(wanted);

        // When
        given.result().cancel(false);

        // Then
        assertThat(queue.nanosUntilReady(5 * MS)).isEqualTo(4 * MS);
        assertThat(queue.take(5 * MS)).extracting(BatchedCell::job).containsExactly(wanted);
        assertThat(queue.bytes()).isZero();
    }

    private static BatchQueue queueOf(int maxSize) {
        return new BatchQueue(
                new BatchPolicy(maxSize, Duration.ofMillis(5), 1 << 20, Duration.ofSeconds(2)));
    }

    private static CellJob job(int cells, Priority priority, long enqueuedNanos) {
        CellPixels cell = new CellPixels(32, new byte[CELL_BYTES]);
        return new CellJob(Collections.nCopies(cells, cell), priority, enqueuedNanos);
    }
}
