// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The commit barrier: a tick comes out of the tick table at the latest when the task commits,
 * before offsets are taken; then everything in flight is waited for and forwarded, in source order
 * and in the same transaction. Owned by its task's stream thread.
 */
final class Drain implements Processor<SlideKey, Tick, SlideKey, Outcome> {

    private final BarrierPolicy policy;
    private final FlowListener listener;
    private final Waiter waiter;
    private ProcessorContext<SlideKey, Outcome> context;
    private InFlight inFlight;

    Drain(BarrierPolicy policy, FlowListener listener, Waiter waiter) {
        this.policy = policy;
        this.listener = listener;
        this.waiter = waiter;
    }

    @Override
    public void init(ProcessorContext<SlideKey, Outcome> context) {
        this.context = context;
        this.inFlight = context.getStateStore(InFlight.NAME);
    }

    @Override
    public void process(Record<SlideKey, Tick> tick) {
        long start = waiter.nanoTime();
        InFlight.Image oldest = inFlight.oldest();
        while (oldest != null) {
            Outcome outcome = Answers.await(oldest, policy.timeout().minus(since(start)), waiter);
            inFlight.removeOldest();
            forward(oldest.record(), outcome);
            oldest = inFlight.oldest();
        }
        listener.barrierWaited(since(start));
    }

    /** With the image's own timestamp and headers: the flush runs in the last tick's context. */
    private void forward(FixedKeyRecord<SlideKey, RecordPosition> image, Outcome outcome) {
        context.forward(new Record<>(image.key(), outcome, image.timestamp(), image.headers()));
    }

    private Duration since(long start) {
        return Duration.ofNanos(waiter.nanoTime() - start);
    }
}
