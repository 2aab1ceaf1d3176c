// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

    private static final int CELL_BYTES = 32 * 32 * 3;
    private static final long MS = 1_000_000;

    private final BatchQueue queue =
            new BatchQueue(
                    new BatchPolicy(
                            4, Duration.ofMillis(5), 10L * CELL_BYTES, Duration.ofSeconds(1)));

    @Test
    void waitsForCompanyUntilOldestCellReachesMaxDelay() {
        // Given
        queue.add(job(1, Priority.ROUTINE, 0));
        queue.add(job(1, Priority.ROUTINE, 3 * MS));

        // Then
        assertThat(queue.nanosUntilReady(3 * MS)).isEqualTo(2 * MS);
        assertThat(queue.nanosUntilReady(5 * MS)).isZero();
        assertThat(queue.take()).hasSize(2);
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
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void spreadsOneImageOverBatchesInOrder() {
        // Given
        CellJob image = job(6, Priority.ROUTINE, 0);
        queue.add(image);

        // When
        List<BatchedCell> first = queue.take();
        List<BatchedCell> second = queue.take();

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
        List<BatchedCell> batch = queue.take();

        // Then
        assertThat(batch)
                .extracting(BatchedCell::job)
                .containsExactly(earlierStat, laterStat, routine, routine);
    }

    @Test
    void letsRoutineGoFirstOnceItIsOlderThanTheLead() {
        // Given
        CellJob routine = job(1, Priority.ROUTINE, 0);
        CellJob stat = job(1, Priority.STAT, 1_001 * MS);
        queue.add(routine);
        queue.add(stat);

        // When
        List<BatchedCell> batch = queue.take();

        // Then
        assertThat(batch).extracting(BatchedCell::job).containsExactly(routine, stat);
    }

    @Test
    void hasRoomUpToItsBytesAndAlwaysForOneWhenEmpty() {
        // Given
        assertThat(queue.hasRoomFor(50L * CELL_BYTES)).isTrue();

        // When
        queue.add(job(8, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.hasRoomFor(2L * CELL_BYTES)).isTrue();
        assertThat(queue.hasRoomFor(3L * CELL_BYTES)).isFalse();
    }

    @Test
    void hasNoRoomBeyondTheBacklogThatItsPaceAllows() {
        // Given: 4 cells take 2 s, so 3 cells that wait are 1.5 s of work.
        queue.pace(4, 2_000 * MS);
        queue.add(job(1, Priority.ROUTINE, 0));
        assertThat(queue.hasRoomFor(CELL_BYTES)).isTrue();

        // When
        queue.add(job(2, Priority.ROUTINE, 0));

        // Then
        assertThat(queue.hasRoomFor(CELL_BYTES)).isFalse();
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
        assertThat(queue.take()).extracting(BatchedCell::job).containsExactly(wanted);
        assertThat(queue.bytes()).isZero();
    }

    private static CellJob job(int cells, Priority priority, long enqueuedNanos) {
        CellPixels cell = new CellPixels(32, new byte[CELL_BYTES]);
        return new CellJob(Collections.nCopies(cells, cell), priority, enqueuedNanos);
    }
}
