// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which cells make the next batch and when: pure logic over times that it is told. STAT
 * goes first; once a ROUTINE cell has waited for the policy's lead, the two lanes take turns, cell
 * by cell, so that neither gets less than half of a batch that it could fill. Not safe for threads;
 * the batcher guards it with its lock.
 */
final class BatchQueue {

    private final BatchPolicy policy;
    private final Lane stat;
    private final Lane routine;
    private double nanosPerCell;
    private boolean turnOfRoutine;

    BatchQueue(BatchPolicy policy) {
        this.policy = policy;
        this.stat = new Lane(policy);
        this.routine = new Lane(policy);
    }

    /** Bytes of pixels that wait. */
    long bytes() {
        return stat.bytes() + routine.bytes();
    }

    boolean isEmpty() {
        return cells() == 0;
    }

    /** Whether an image of this size may enter its lane. */
    boolean hasRoomFor(long bytesMore, Priority priority) {
        return lane(priority).hasRoomFor(bytesMore, nanosPerCell);
    }

    void add(CellJob job) {
        lane(job.priority()).add(job);
    }

    /** Tells the pace of one of the sessions, for the bound on backlog. */
    void pace(int batchCells, long nanos) {
        double seen = (double) nanos / batchCells / policy.sessions();
        nanosPerCell = nanosPerCell == 0 ? seen : 0.8 * nanosPerCell + 0.2 * seen;
    }

    /** Time until a batch should close: 0 when it should now, MAX_VALUE when nothing waits. */
    long nanosUntilReady(long now) {
        dropAbandoned();
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (cells() >= policy.maxSize()) {
            return 0;
        }
        return Math.max(0, policy.maxDelay().toNanos() - waited(now));
    }

    /** How long the oldest cell has waited. */
    long waited(long now) {
        return Math.max(stat.waited(now), routine.waited(now));
    }

    /** The next batch, at most the policy's size. */
    List<BatchedCell> take(long now) {
        List<BatchedCell> batch = new ArrayList<>(Math.min(cells(), policy.maxSize()));
        while (batch.size() < policy.maxSize()) {
            dropAbandoned();
            if (isEmpty()) {
                break;
            }
            batch.add(next(now).take());
        }
        return batch;
    }

    /** Everything that waits, out of the queue. */
    List<CellJob> clear() {
        List<CellJob> jobs = new ArrayList<>(stat.clear());
        jobs.addAll(routine.clear());
        return jobs;
    }

    private Lane next(long now) {
        if (stat.isEmpty() || routine.isEmpty()) {
            return stat.isEmpty() ? routine : stat;
        }
        if (routine.waited(now) < policy.statLead().toNanos()) {
            return stat;
        }
        turnOfRoutine = !turnOfRoutine;
        return turnOfRoutine ? routine : stat;
    }

    private Lane lane(Priority priority) {
        return switch (priority) {
            case STAT -> stat;
            case ROUTINE -> routine;
        };
    }

    private int cells() {
        return stat.cells() + routine.cells();
    }

    private void dropAbandoned() {
        stat.dropAbandoned();
        routine.dropAbandoned();
    }
}
