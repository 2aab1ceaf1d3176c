// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.schedule.Action;
import io.cytolog.schedule.Choice;
import io.cytolog.schedule.Schedule;
import io.cytolog.serving.SimulatedServing;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The intake's pool: each of its threads takes a record, waits for its edition, works, and is held
 * in the batcher's submit while there is no room.
 */
final class Decoders extends AbstractExecutorService {

    /** A record that needs no edition. */
    static final long NO_EDITION = -1;

    private static final long PATIENCE = 30 * Settings.MS;

    private record Job(Runnable work, long timestamp) {}

    private final Schedule schedule;
    private final SimulatedServing serving;
    private final Runnable interrupt;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final List<Decoder> decoders = new ArrayList<>();
    private @Nullable Decoder current;
    private long timestamp = NO_EDITION;
    private long working = NO_EDITION;
    private boolean shutDown;

    private final class Decoder {
        private final Action step;
        private @Nullable Job job;
        private long deadline;
        private boolean awake;
        private @Nullable BooleanSupplier heldUntil;

        Decoder(String name) {
            step = new Action(name, "decodes", 8, () -> Decoders.this.step(this));
        }

        boolean isFree() {
            return job == null && (heldUntil == null || heldUntil.getAsBoolean());
        }
    }

    /**
     * @param interrupt ends the waiting of whoever is held
     */
    Decoders(
            String name,
            Schedule schedule,
            SimulatedServing serving,
            int threads,
            Runnable interrupt) {
        this.schedule = schedule;
        this.serving = serving;
        this.interrupt = interrupt;
        for (int i = 0; i < threads; i++) {
            decoders.add(new Decoder(name));
        }
    }

    void offer(Choice choice) {
        for (Decoder decoder : decoders) {
            choice.offer(mayStep(decoder), decoder.step);
        }
    }

    /** Time of the record that is handed over next. */
    long next() {
        return timestamp;
    }

    void next(long recordTimestamp) {
        timestamp = recordTimestamp;
    }

    /** Time of the record that is worked on. */
    long working() {
        return working;
    }

    /** The thread that works now is held. */
    void hold(BooleanSupplier until) {
        if (current == null) {
            throw schedule.fail("someone else than a decoder submits");
        }
        current.heldUntil = until;
    }

    /** An edition was loaded or not: who waits looks again. */
    void wake() {
        decoders.forEach(decoder -> decoder.awake = true);
    }

    long nextEvent() {
        long next = Long.MAX_VALUE;
        for (Decoder decoder : decoders) {
            next = decoder.job == null ? next : Math.min(next, decoder.deadline);
        }
        return next;
    }

    boolean isIdle() {
        for (Decoder decoder : decoders) {
            if (!decoder.isFree()) {
                return false;
            }
        }
        return queue.isEmpty();
    }

    private boolean mayStep(Decoder decoder) {
        return decoder.job == null
                ? !queue.isEmpty() && decoder.isFree()
                : decoder.awake || schedule.now() >= decoder.deadline;
    }

    private void step(Decoder decoder) {
        Job job = decoder.job;
        if (job == null) {
            job = queue.removeFirst();
            decoder.job = job;
            decoder.deadline = schedule.now() + PATIENCE;
        }
        decoder.awake = false;
        boolean ready =
                job.timestamp() == NO_EDITION
                        || serving.isReadyFor(Instant.ofEpochMilli(job.timestamp()));
        if (ready || schedule.now() >= decoder.deadline) {
            decoder.job = null;
            work(decoder, job);
        }
    }

    private void work(Decoder decoder, Job job) {
        current = decoder;
        working = job.timestamp();
        decoder.heldUntil = null;
        try {
            job.work().run();
        } finally {
            current = null;
        }
    }

    @Override
    public void execute(Runnable task) {
        queue.addLast(new Job(task, timestamp));
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        List<Runnable> left = queue.stream().map(Job::work).toList();
        queue.clear();
        decoders.forEach(decoder -> decoder.job = null);
        interrupt.run();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
