// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The batcher with threads: any thread submits; each session has a platform thread that owns its
 * annotator, from opening to closing, and takes a batch whenever it is free. Sessions open one
 * after the other, so that a release that loads leaves the other cores to the one that answers.
 * What is decided is decided in the core, which the lock guards.
 */
final class SessionThreads implements Batcher {

    private final BatchListener listener;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ReentrantLock opening = new ReentrantLock();
    private final BatchCore core;
    private final List<Worker> workers = new ArrayList<>();
    private final CompletableFuture<Void> opened;

    private SessionThreads(
            AnnotatorSource source,
            BatchPolicy policy,
            LongSupplier nanoTime,
            BatchListener listener) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.core = new BatchCore(policy, listener, new Conditions());
        for (int i = 0; i < policy.sessions(); i++) {
            workers.add(new Worker(i, new Session(source, nanoTime)));
        }
        this.opened =
                CompletableFuture.allOf(
                        workers.stream()
                                .map(worker -> worker.opened)
                                .toArray(CompletableFuture[]::new));
    }

    static SessionThreads start(
            AnnotatorSource source,
            BatchPolicy policy,
            LongSupplier nanoTime,
            BatchListener listener) {
        SessionThreads batcher = new SessionThreads(source, policy, nanoTime, listener);
        batcher.workers.forEach(worker -> worker.thread.start());
        return batcher;
    }

    @Override
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    @Override
    public CompletableFuture<List<CellAnnotation>> submit(List<CellPixels> cells, Priority priority)
            throws InterruptedException {
        if (cells.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        lock.lockInterruptibly();
        try {
            return enter(core.lineUp(cells, priority));
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<List<CellAnnotation>> enter(Entry entry) throws InterruptedException {
        try {
            while (!core.mayEnter(entry)) {
                room.await();
            }
            return core.enter(entry, nanoTime.getAsLong());
        } finally {
            core.leave(entry);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            core.close();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Worker worker : workers) {
            interrupted |= worker.join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next step that is no sleep. */
    private Step awaitStep() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Step step = core.next(nanoTime.getAsLong());
                if (!(step instanceof Step.Sleep(long nanos))) {
                    return step;
                }
                if (nanos == Long.MAX_VALUE) {
                    arrived.await();
                } else {
                    arrived.awaitNanos(nanos);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void ran(List<BatchedCell> batch, long started, long nanos) {
        long oldest = batch.stream().mapToLong(cell -> cell.job().enqueuedNanos()).min().orElse(0);
        lock.lock();
        try {
            core.ran(batch.size(), nanos);
        } finally {
            lock.unlock();
        }
        listener.batchRan(
                batch.size(), Duration.ofNanos(started - oldest), Duration.ofNanos(nanos));
    }

    /** Fails what waits; outside the lock, since whoever waits for it runs on this thread. */
    private void abandonAll() {
        List<CellJob> waiting;
        lock.lock();
        try {
            waiting = core.abandon();
        } finally {
            lock.unlock();
        }
        waiting.forEach(job -> job.fail(new BatcherClosedException()));
    }

    /** One session and its thread. When one ends, all do: what waits is answered or failed. */
    private final class Worker {

        private final Session session;
        private final CompletableFuture<Void> opened = new CompletableFuture<>();
        private final Thread thread;

        Worker(int number, Session session) {
            this.session = session;
            this.thread =
                    Thread.ofPlatform().name("cytolog-session-" + number).unstarted(this::run);
        }

        private void run() {
            try {
                open();
                opened.complete(null);
                serve();
            } catch (Throwable e) {
                opened.completeExceptionally(e);
            } finally {
                abandonAll();
                session.close();
            }
        }

        private void open() throws Exception {
            opening.lock();
            try {
                session.open();
            } finally {
                opening.unlock();
            }
        }

        private void serve() throws InterruptedException {
            while (awaitStep() instanceof Step.Run(List<BatchedCell> batch)) {
                session.run(batch, (started, nanos) -> ran(batch, started, nanos));
            }
        }

        /** Waits for the thread's end, whatever comes; true when it was interrupted meanwhile. */
        boolean join() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    // A session closed under a run crashes natively: wait, then tell the caller.
                    interrupted = true;
                }
            }
            return interrupted;
        }
    }

    /** Signals for whoever waits on the lock, which the core's caller holds. */
    private final class Conditions implements BatchSignals {

        @Override
        public void workArrived() {
            arrived.signal();
        }

        @Override
        public void roomMade() {
            room.signalAll();
        }
    }
}
