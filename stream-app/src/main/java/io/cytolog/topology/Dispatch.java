// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Hands each image to the intake, sends a tick for it, and forwards finished results in source
 * order. While there is no room it waits for its own oldest image, so that it needs no other task
 * to go on; a task with nothing in flight always takes one. Owned by its task's stream thread.
 */
final class Dispatch implements FixedKeyProcessor<SlideKey, byte[], Emission> {

    private final ImageIntake intake;
    private final BarrierPolicy policy;
    private final Waiter waiter;
    private FixedKeyProcessorContext<SlideKey, Emission> context;
    private InFlight inFlight;
    private long lastCommitRequest;

    Dispatch(ImageIntake intake, BarrierPolicy policy, Waiter waiter) {
        this.intake = intake;
        this.policy = policy;
        this.waiter = waiter;
    }

    @Override
    public void init(FixedKeyProcessorContext<SlideKey, Emission> context) {
        this.context = context;
        this.inFlight = context.getStateStore(InFlight.NAME);
    }

    @Override
    public void process(FixedKeyRecord<SlideKey, byte[]> record) {
        forwardFinished();
        long weight = ImageIntake.weightOf(record.value());
        makeRoomFor(weight);
        RecordPosition source = positionOf(record);
        InFlightBound.Share share = intake.bound().enter(weight);
        CompletableFuture<Outcome> outcome = intake.accept(record.value(), source, share);
        inFlight.add(new InFlight.Image(record.withValue(source), outcome, share));
        context.forward(record.withValue(Tick.TICK));
        // Scheduled here and not in init: a timer belongs to the node that is current, and one
        // that always runs would mark the task dirty for ever.
        inFlight.keepTimer(
                () ->
                        context.schedule(
                                policy.forwardEvery(),
                                PunctuationType.WALL_CLOCK_TIME,
                                this::onTimer));
    }

    private void makeRoomFor(long weight) {
        long start = waiter.nanoTime();
        InFlight.Image oldest = inFlight.oldest();
        while (oldest != null && !intake.bound().hasRoomFor(weight)) {
            Duration waited = Duration.ofNanos(waiter.nanoTime() - start);
            forward(oldest, policy.timeout().minus(waited));
            oldest = inFlight.oldest();
        }
    }

    private void onTimer(long now) {
        forwardFinished();
        if (inFlight.isEmpty() && now - lastCommitRequest >= policy.commitGap().toMillis()) {
            lastCommitRequest = now;
            context.commit();
        }
    }

    private void forwardFinished() {
        InFlight.Image oldest = inFlight.oldest();
        while (oldest != null && oldest.outcome().isDone()) {
            forward(oldest, Duration.ZERO);
            oldest = inFlight.oldest();
        }
    }

    private void forward(InFlight.Image oldest, Duration longest) {
        Outcome outcome = Answers.await(oldest, longest, waiter);
        inFlight.removeOldest();
        context.forward(oldest.record().withValue(outcome));
    }

    private RecordPosition positionOf(FixedKeyRecord<SlideKey, byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        return new RecordPosition(
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                Instant.ofEpochMilli(record.timestamp()));
    }
}
