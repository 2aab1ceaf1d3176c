// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The images of one urgency, first come, first served. Holds at most its own half of what the
 * policy lets wait, so that neither lane can keep the other from entering. Not safe for threads;
 * part of the queue that owns it.
 */
final class Lane {

    private static final int LANES = Priority.values().length;

    private final BatchPolicy policy;
    private final Deque<CellJob> jobs = new ArrayDeque<>();
    private int cells;
    private long bytes;

    Lane(BatchPolicy policy) {
        this.policy = policy;
    }

    int cells() {
        return cells;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return cells == 0;
    }

    /** Whether an image of this size may enter; an empty lane takes any, else it never would. */
    boolean hasRoomFor(long bytesMore, double nanosPerCell) {
        return isEmpty()
                || (bytes + bytesMore <= policy.maxBytes() / LANES
                        && cells * nanosPerCell < policy.maxBacklog().toNanos() / (double) LANES);
    }

    void add(CellJob job) {
        jobs.addLast(job);
        cells += job.cellsLeft();
        bytes += job.bytesLeft();
    }

    /** The next cell; the lane must not be empty. */
    BatchedCell take() {
        CellJob job = jobs.getFirst();
        BatchedCell cell = job.take();
        cells--;
        bytes -= cell.pixels().rgb().length;
        if (job.exhausted()) {
            jobs.removeFirst();
        }
        return cell;
    }

    /** How long the oldest cell has waited, 0 when there is none. */
    long waited(long now) {
        return jobs.isEmpty() ? 0 : now - jobs.getFirst().enqueuedNanos();
    }

    /** Lets go of the images at the front that nobody waits for. */
    void dropAbandoned() {
        while (!jobs.isEmpty() && jobs.getFirst().abandoned()) {
            CellJob gone = jobs.removeFirst();
            cells -= gone.cellsLeft();
            bytes -= gone.bytesLeft();
        }
    }

    /** Everything that waits, out of the lane. */
    List<CellJob> clear() {
        List<CellJob> all = new ArrayList<>(jobs);
        jobs.clear();
        cells = 0;
        bytes = 0;
        return all;
    }
}
