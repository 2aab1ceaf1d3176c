// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.event.RecordOrigin;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.InternalFixedKeyRecordFactory;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One task as Kafka Streams runs it, around the real dispatch, in-flight store and drain: a caching
 * tick table of one entry, wall-clock timers, a record context. A flush runs with the context of
 * the last tick.
 */
public final class SimulatedTask {

    private static final String TOPIC = "images.captured";
    private static final long NEVER = Long.MAX_VALUE;

    private final Schedule schedule;
    private final Consumer<Forwarded> sink;
    private final InFlight inFlight = InFlight.builder(FlowListener.NONE).build();
    private final Context context = new Context();
    private final List<Timer> timers = new ArrayList<>();
    private final Dispatch dispatch;
    private final Drain drain;
    private final int partition;
    private FixedKeyRecord<SlideKey, ?> pendingTick;
    private RecordMetadata current;
    private boolean commitRequested;
    private boolean draining;

    /**
     * An outcome on its way into a transaction.
     *
     * @param annotation empty for a dead letter
     */
    public record Forwarded(
            int partition,
            long offset,
            String slide,
            long timestamp,
            Optional<ImageAnnotation> annotation) {}

    /** How a stream thread waits: lets the others go on until the future is done. */
    public interface Waiting {

        /**
         * @return false when the time is over
         */
        boolean await(CompletableFuture<?> future, long nanos);
    }

    private static final class Timer {
        private final long interval;
        private final Punctuator punctuator;
        private long due;
        private boolean cancelled;

        Timer(long interval, Punctuator punctuator, long due) {
            this.interval = interval;
            this.punctuator = punctuator;
            this.due = due;
        }
    }

    private static final class Metadata implements RecordMetadata {
        private final int partition;
        private final long offset;

        Metadata(int partition, long offset) {
            this.partition = partition;
            this.offset = offset;
        }

        @Override
        public String topic() {
            return TOPIC;
        }

        @Override
        public int partition() {
            return partition;
        }

        @Override
        public long offset() {
            return offset;
        }
    }

    public SimulatedTask(
            Schedule schedule,
            int partition,
            ImageIntake intake,
            BarrierPolicy policy,
            Waiting waiting,
            Consumer<Forwarded> sink) {
        this.schedule = schedule;
        this.partition = partition;
        this.sink = sink;
        Waiter waiter = waiter(waiting);
        this.dispatch = new Dispatch(intake, policy, waiter);
        this.drain = new Drain(policy, FlowListener.NONE, waiter);
        inFlight.init(context, inFlight);
        dispatch.init(context);
        drain.init(context);
    }

    private Waiter waiter(Waiting waiting) {
        return new Waiter() {
            @Override
            public long nanoTime() {
                return schedule.now();
            }

            @Override
            public Outcome await(CompletableFuture<Outcome> outcome, long nanos)
                    throws InterruptedException, ExecutionException, TimeoutException {
                if (!outcome.isDone()) {
                    schedule.count(draining ? Event.BARRIER_WAITED : Event.ROOM_AWAITED);
                }
                if (!outcome.isDone() && !waiting.await(outcome, nanos)) {
                    throw new TimeoutException();
                }
                return outcome.get();
            }
        };
    }

    public void process(long offset, String slide, long timestamp, byte[] value) {
        current = new Metadata(partition, offset);
        SlideKey key = slide.isEmpty() ? SlideKey.NONE : SlideKey.of(slide);
        dispatch.process(
                InternalFixedKeyRecordFactory.create(
                        new Record<>(key, value, timestamp, new RecordHeaders())));
        checkTimer();
    }

    public boolean hasTick() {
        return pendingTick != null;
    }

    /** The tick table emits what it holds, at a commit or since the cache is full. */
    public void flush() {
        FixedKeyRecord<SlideKey, ?> tick = pendingTick;
        if (tick == null) {
            return;
        }
        pendingTick = null;
        if (schedule.has(Defect.NO_BARRIER)) {
            return;
        }
        if (schedule.has(Defect.FINISHED_FIRST)) {
            forwardFinishedOnes();
        }
        draining = true;
        try {
            drain.process(new Record<>(tick.key(), Tick.TICK, tick.timestamp(), tick.headers()));
        } finally {
            draining = false;
        }
        checkTimer();
    }

    /** What a drain without order would do first. */
    private void forwardFinishedOnes() {
        List<InFlight.Image> all = new ArrayList<>();
        while (!inFlight.isEmpty()) {
            all.add(inFlight.oldest());
            inFlight.removeOldest();
        }
        for (InFlight.Image image : all) {
            if (image.outcome().isDone() && !image.outcome().isCompletedExceptionally()) {
                context.forward(image.record().withValue((Emission) image.outcome().join()));
            } else {
                inFlight.add(image);
            }
        }
    }

    /** Nanoseconds at which a timer is due. */
    public long nextTimer() {
        long next = NEVER;
        for (Timer timer : timers) {
            next = Math.min(next, timer.due);
        }
        return next;
    }

    /** Runs the timers that are due. */
    public void punctuate() {
        current = null;
        for (Timer timer : List.copyOf(timers)) {
            if (!timer.cancelled && timer.due <= schedule.now()) {
                timer.punctuator.punctuate(schedule.millis());
                timer.due = Math.max(timer.due + timer.interval, schedule.now() + 1);
            }
        }
        timers.removeIf(timer -> timer.cancelled);
        checkTimer();
    }

    /** Whether a commit was asked for since the last time. */
    public boolean commitRequested() {
        return commitRequested;
    }

    public void committed() {
        commitRequested = false;
        if (!inFlight.isEmpty()) {
            throw schedule.fail("committed with images in flight");
        }
    }

    public boolean isIdle() {
        return inFlight.isEmpty() && pendingTick == null;
    }

    /** The processors and the store are closed; a pending tick is lost. */
    public void close() {
        dispatch.close();
        drain.close();
        inFlight.close();
        timers.removeIf(timer -> timer.cancelled);
        if (!timers.isEmpty()) {
            throw schedule.fail("a closed task has a timer");
        }
    }

    private void checkTimer() {
        timers.removeIf(timer -> timer.cancelled);
        int expected = inFlight.isEmpty() ? 0 : 1;
        if (timers.size() != expected) {
            throw schedule.fail(
                    "%d timers, %d expected: a timer runs while something is in flight, only then"
                            .formatted(timers.size(), expected));
        }
    }

    private void answered(Outcome outcome, SlideKey key, long timestamp) {
        String slide = String.valueOf(key.or(outcome.slide()));
        switch (outcome) {
            case Outcome.Annotated annotated ->
                    sink.accept(
                            new Forwarded(
                                    annotated.source().partition(),
                                    annotated.source().offset(),
                                    slide,
                                    timestamp,
                                    Optional.of(annotated.result().annotation())));
            case Outcome.Rejected rejected -> {
                RecordOrigin source = rejected.message().getSource();
                sink.accept(
                        new Forwarded(
                                source.getPartition(),
                                source.getOffset(),
                                slide,
                                timestamp,
                                Optional.empty()));
            }
        }
    }

    private final class Context extends SimulatedContext {

        Context() {
            super(inFlight);
        }

        @Override
        public Optional<RecordMetadata> recordMetadata() {
            return Optional.ofNullable(current);
        }

        @Override
        public <K extends SlideKey, V extends Emission> void forward(FixedKeyRecord<K, V> record) {
            switch (record.value()) {
                case Tick tick -> tick(record);
                case Outcome outcome -> answered(outcome, record.key(), record.timestamp());
            }
        }

        private void tick(FixedKeyRecord<? extends SlideKey, ?> record) {
            if (schedule.has(Defect.TICK_NOT_SENT)) {
                return;
            }
            pendingTick =
                    InternalFixedKeyRecordFactory.create(
                            new Record<>(
                                    record.key(),
                                    record.value(),
                                    record.timestamp(),
                                    record.headers()));
            if (schedule.oneIn(25)) {
                schedule.count(Event.CACHE_EMITTED);
                schedule.tell("the tick table is full and emits");
                flush();
            }
        }

        @Override
        public <K extends SlideKey, V extends Outcome> void forward(Record<K, V> record) {
            boolean wrong = schedule.has(Defect.ORIGIN_OF_LAST_TICK);
            answered(record.value(), record.key(), wrong ? schedule.millis() : record.timestamp());
        }

        @Override
        public Cancellable schedule(Duration interval, PunctuationType type, Punctuator what) {
            Timer timer = new Timer(interval.toNanos(), what, schedule.now() + interval.toNanos());
            timers.add(timer);
            return () -> timer.cancelled = !schedule.has(Defect.TIMER_LEFT);
        }

        @Override
        public void commit() {
            commitRequested = true;
        }
    }
}
