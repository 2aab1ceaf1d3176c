// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills session runs with the cells of many images. Any thread submits; one platform thread owns
 * the annotator, from opening to closing, and takes a batch whenever it is free. The queue is
 * guarded by the lock.
 */
public final class Batcher implements AutoCloseable {

    private final AnnotatorSource source;
    private final BatchListener listener;
    private final LongSupplier nanoTime;
    private final BatchQueue queue;
    private final ReentrantLock lock = new ReentrantLock();

    /** A lane each, first come, first let in: small images do not overtake a large one for ever. */
    private final Map<Priority, ReentrantLock> admission =
            Map.of(
                    Priority.STAT, new ReentrantLock(true),
                    Priority.ROUTINE, new ReentrantLock(true));

    private final Condition arrived = lock.newCondition();
    private final Condition left = lock.newCondition();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;
    private boolean closed;

    private Batcher(
            AnnotatorSource source,
            BatchPolicy policy,
            LongSupplier nanoTime,
            BatchListener listener) {
        this.source = source;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.queue = new BatchQueue(policy);
        this.thread = Thread.ofPlatform().name("cytolog-session").unstarted(this::run);
    }

    /**
     * Starts the session's thread, which opens the annotator at once.
     *
     * @param nanoTime a monotonic clock, nanoseconds
     */
    public static Batcher start(
            AnnotatorSource source,
            BatchPolicy policy,
            LongSupplier nanoTime,
            BatchListener listener) {
        Batcher batcher = new Batcher(source, policy, nanoTime, listener);
        batcher.thread.start();
        return batcher;
    }

    /** Completes when the annotator is open; fails with what kept it from opening. */
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    /**
     * Queues an image's cells; waits while their lane is full, which the other lane does not
     * change. Cancelling the result takes the cells that were not yet run out of the queue.
     *
     * @return one annotation a cell, in order; completed by the session's thread
     */
    public CompletableFuture<List<CellAnnotation>> submit(List<CellPixels> cells, Priority priority)
            throws InterruptedException {
        if (cells.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        ReentrantLock turn = Objects.requireNonNull(admission.get(priority));
        turn.lockInterruptibly();
        try {
            return admit(cells, priority);
        } finally {
            turn.unlock();
        }
    }

    private CompletableFuture<List<CellAnnotation>> admit(List<CellPixels> cells, Priority priority)
            throws InterruptedException {
        long bytes = CellJob.bytesOf(cells);
        lock.lockInterruptibly();
        try {
            while (!closed && !queue.hasRoomFor(bytes, priority)) {
                left.await();
            }
            if (closed) {
                return CompletableFuture.failedFuture(new BatcherClosedException());
            }
            CellJob job = new CellJob(cells, priority, nanoTime.getAsLong());
            queue.add(job);
            listener.queueChanged(queue.bytes());
            arrived.signal();
            return job.result();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run under way, fails what still waits, closes the annotator. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
            left.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // A session closed under a run crashes natively: wait, then tell the caller.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        CellAnnotator annotator = null;
        try {
            annotator = source.open();
            opened.complete(null);
            annotator = serve(annotator);
        } catch (Throwable e) {
            opened.completeExceptionally(e);
        } finally {
            abandonAll();
            closeQuietly(annotator);
        }
    }

    private @Nullable CellAnnotator serve(CellAnnotator first) throws InterruptedException {
        CellAnnotator annotator = first;
        while (true) {
            List<BatchedCell> batch = awaitBatch();
            if (batch.isEmpty()) {
                return annotator;
            }
            annotator = annotate(annotator, batch);
        }
    }

    /** The next batch; empty once the batcher is closed. */
    private List<BatchedCell> awaitBatch() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = nanoTime.getAsLong();
                long wait = queue.nanosUntilReady(now);
                if (wait == 0) {
                    List<BatchedCell> batch = queue.take(now);
                    tellWhoLeft(batch, now);
                    listener.queueChanged(queue.bytes());
                    left.signalAll();
                    if (!batch.isEmpty()) {
                        return batch;
                    }
                } else if (wait == Long.MAX_VALUE) {
                    // Images that were cancelled may have made room.
                    left.signalAll();
                    arrived.await();
                } else {
                    arrived.awaitNanos(wait);
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void tellWhoLeft(List<BatchedCell> batch, long now) {
        batch.stream()
                .filter(BatchedCell::isLast)
                .map(BatchedCell::job)
                .forEach(
                        job ->
                                listener.imageLeft(
                                        job.priority(),
                                        Duration.ofNanos(now - job.enqueuedNanos())));
    }

    /**
     * Runs a batch. After a failure the session cannot be trusted: the images of the batch fail,
     * and the next batch gets a new session.
     */
    private @Nullable CellAnnotator annotate(
            @Nullable CellAnnotator open, List<BatchedCell> batch) {
        CellAnnotator annotator = open;
        try {
            if (annotator == null) {
                annotator = source.open();
            }
            long started = nanoTime.getAsLong();
            List<CellAnnotation> annotations =
                    annotator.annotate(batch.stream().map(BatchedCell::pixels).toList());
            ran(batch, started);
            deliver(batch, annotations);
            return annotator;
        } catch (Throwable e) {
            batch.forEach(cell -> cell.job().fail(e));
            closeQuietly(annotator);
            return null;
        }
    }

    private void ran(List<BatchedCell> batch, long started) {
        long nanos = nanoTime.getAsLong() - started;
        long oldest = batch.stream().mapToLong(cell -> cell.job().enqueuedNanos()).min().orElse(0);
        lock.lock();
        try {
            queue.pace(batch.size(), nanos);
        } finally {
            lock.unlock();
        }
        listener.batchRan(
                batch.size(), Duration.ofNanos(started - oldest), Duration.ofNanos(nanos));
    }

    private static void deliver(List<BatchedCell> batch, List<CellAnnotation> annotations) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).job().annotated(batch.get(i).index(), annotations.get(i));
        }
    }

    private void abandonAll() {
        List<CellJob> waiting;
        lock.lock();
        try {
            closed = true;
            waiting = queue.clear();
            left.signalAll();
        } finally {
            lock.unlock();
        }
        listener.queueChanged(0);
        waiting.forEach(job -> job.fail(new BatcherClosedException()));
    }

    private static void closeQuietly(@Nullable CellAnnotator annotator) {
        if (annotator != null) {
            try {
                annotator.close();
            } catch (RuntimeException e) {
                System.getLogger(Batcher.class.getName())
                        .log(System.Logger.Level.WARNING, "the session does not close", e);
            }
        }
    }
}
