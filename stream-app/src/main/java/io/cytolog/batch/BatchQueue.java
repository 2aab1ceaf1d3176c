// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which cells make the next batch and when: pure logic over times that it is told. Not safe
 * for threads; the batcher guards it with its lock.
 */
final class BatchQueue {

    private final BatchPolicy policy;
    private final Deque<CellJob> stat = new ArrayDeque<>();
    private final Deque<CellJob> routine = new ArrayDeque<>();
    private int cells;
    private long bytes;
    private double nanosPerCell;

    BatchQueue(BatchPolicy policy) {
        this.policy = policy;
    }

    /** Bytes of pixels that wait. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return cells == 0;
    }

    /** Whether an image of this size may enter; an empty queue takes any, else it never would. */
    boolean hasRoomFor(long bytesMore) {
        return isEmpty()
                || (bytes + bytesMore <= policy.maxBytes()
                        && cells * nanosPerCell < policy.maxBacklog().toNanos());
    }

    void add(CellJob job) {
        (job.priority() == Priority.STAT ? stat : routine).addLast(job);
        cells += job.cellsLeft();
        bytes += job.bytesLeft();
    }

    /** Tells the pace, for the bound on backlog. */
    void pace(int batchCells, long nanos) {
        double seen = (double) nanos / batchCells;
        nanosPerCell = nanosPerCell == 0 ? seen : 0.8 * nanosPerCell + 0.2 * seen;
    }

    /** Time until a batch should close: 0 when it should now, MAX_VALUE when nothing waits. */
    long nanosUntilReady(long now) {
        dropAbandoned();
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (cells >= policy.maxSize()) {
            return 0;
        }
        return Math.max(0, policy.maxDelay().toNanos() - waited(now));
    }

    /** How long the oldest cell has waited. */
    long waited(long now) {
        return Stream.of(stat, routine)
                .map(Deque::peekFirst)
                .filter(Objects::nonNull)
                .mapToLong(job -> now - job.enqueuedNanos())
                .max()
                .orElse(0);
    }

    /** The next batch: STAT first, first come first served within, at most the policy's size. */
    List<BatchedCell> take() {
        List<BatchedCell> batch = new ArrayList<>(Math.min(cells, policy.maxSize()));
        while (batch.size() < policy.maxSize()) {
            dropAbandoned();
            Deque<CellJob> source = nextSource();
            if (source == null) {
                break;
            }
            takeFrom(source, batch);
        }
        return batch;
    }

    /** Everything that waits, out of the queue. */
    List<CellJob> clear() {
        List<CellJob> jobs = new ArrayList<>(stat);
        jobs.addAll(routine);
        stat.clear();
        routine.clear();
        cells = 0;
        bytes = 0;
        return jobs;
    }

    private void takeFrom(Deque<CellJob> source, List<BatchedCell> batch) {
        CellJob job = source.getFirst();
        while (batch.size() < policy.maxSize() && !job.exhausted()) {
            BatchedCell cell = job.take();
            batch.add(cell);
            cells--;
            bytes -= cell.pixels().rgb().length;
        }
        if (job.exhausted()) {
            source.removeFirst();
        }
    }

    private @Nullable Deque<CellJob> nextSource() {
        if (stat.isEmpty() || routine.isEmpty()) {
            return !stat.isEmpty() ? stat : routine.isEmpty() ? null : routine;
        }
        long routineIsOlderBy =
                stat.getFirst().enqueuedNanos() - routine.getFirst().enqueuedNanos();
        return routineIsOlderBy > policy.statLead().toNanos() ? routine : stat;
    }

    private void dropAbandoned() {
        for (Deque<CellJob> source : List.of(stat, routine)) {
            while (!source.isEmpty() && source.getFirst().abandoned()) {
                CellJob gone = source.removeFirst();
                cells -= gone.cellsLeft();
                bytes -= gone.bytesLeft();
            }
        }
    }
}
