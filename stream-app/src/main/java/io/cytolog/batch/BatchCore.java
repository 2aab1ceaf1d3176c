// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * All that a batcher decides: who enters and in which order, when a batch closes, whom to wake,
 * what becomes of everyone when it closes. Knows neither threads nor a clock, so that a simulation
 * can drive it as {@link SessionThreads} does, which guards it with its lock.
 */
final class BatchCore {

    private final BatchQueue queue;
    private final BatchListener listener;
    private final BatchSignals signals;

    /** A line each, first come, first let in: small images do not overtake a large one for ever. */
    private final Map<Priority, Deque<Entry>> lines = new EnumMap<>(Priority.class);

    private boolean closed;

    BatchCore(BatchPolicy policy, BatchListener listener, BatchSignals signals) {
        this.queue = new BatchQueue(policy);
        this.listener = listener;
        this.signals = signals;
        for (Priority priority : Priority.values()) {
            lines.put(priority, new ArrayDeque<>());
        }
    }

    /** Puts an image at the end of its line; it then enters or leaves. */
    Entry lineUp(List<CellPixels> cells, Priority priority) {
        Entry entry = new Entry(cells, priority);
        line(entry).addLast(entry);
        return entry;
    }

    /** Whether it is first in its line and has room, or need not wait since all is over. */
    boolean mayEnter(Entry entry) {
        return closed
                || (line(entry).peekFirst() == entry
                        && queue.hasRoomFor(entry.bytes(), entry.priority()));
    }

    /** Lets an image in that may enter; a closed batcher fails it. */
    CompletableFuture<List<CellAnnotation>> enter(Entry entry, long now) {
        leave(entry);
        if (closed) {
            return CompletableFuture.failedFuture(new BatcherClosedException());
        }
        CellJob job = new CellJob(entry.cells(), entry.priority(), now);
        queue.add(job);
        listener.queueChanged(queue.bytes());
        signals.workArrived();
        return job.result();
    }

    /** Takes an image out of its line; without effect when it has left already. */
    void leave(Entry entry) {
        Deque<Entry> line = line(entry);
        if (line.remove(entry) && !line.isEmpty()) {
            signals.roomMade();
        }
    }

    /**
     * What a session's thread does now; each asks again after each step and whenever work arrives.
     */
    Step next(long now) {
        if (closed) {
            signals.workArrived();
            return Step.Stop.STOP;
        }
        long before = queue.bytes();
        long wait = queue.nanosUntilReady(now);
        Step step = wait == 0 ? new Step.Run(taken(now)) : new Step.Sleep(wait);
        if (wait == 0 && !queue.isEmpty()) {
            // What is left is for the next session that is free, which may have slept through it.
            signals.workArrived();
        }
        if (queue.bytes() != before) {
            // Taken, or cancelled and forgotten.
            listener.queueChanged(queue.bytes());
            signals.roomMade();
        }
        return step;
    }

    /** A batch was run in this time, which says how much work may wait. */
    void ran(int cells, long nanos) {
        queue.pace(cells, nanos);
        signals.roomMade();
    }

    /** From now on nobody enters, and the sessions' threads stop. */
    void close() {
        closed = true;
        signals.workArrived();
        signals.roomMade();
    }

    /** Closes and hands out what waited; whoever calls fails it. */
    List<CellJob> abandon() {
        close();
        List<CellJob> waiting = queue.clear();
        listener.queueChanged(0);
        return waiting;
    }

    private List<BatchedCell> taken(long now) {
        List<BatchedCell> batch = queue.take(now);
        for (BatchedCell cell : batch) {
            if (cell.isLast()) {
                CellJob job = cell.job();
                listener.imageLeft(job.priority(), Duration.ofNanos(now - job.enqueuedNanos()));
            }
        }
        return batch;
    }

    private Deque<Entry> line(Entry entry) {
        return Objects.requireNonNull(lines.get(entry.priority()));
    }
}
