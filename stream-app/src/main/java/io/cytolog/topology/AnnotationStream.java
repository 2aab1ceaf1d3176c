// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static io.cytolog.topology.KeySerdes.CONSTANT;
import static io.cytolog.topology.KeySerdes.SLIDE;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.serde.EventSerdes;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * The part of the topology from captured images to results and dead letters, with the commit
 * barrier: dispatch, tick table, drain. See docs/adr/0002-commit-barrier.md.
 */
final class AnnotationStream {

    private final StreamTopics topics;
    private final EventSerdes serdes;
    private final ImageIntake intake;
    private final OutcomeMessages messages;
    private final BarrierPolicy barrier;
    private final FlowListener listener;

    AnnotationStream(
            StreamTopics topics,
            EventSerdes serdes,
            ImageIntake intake,
            OutcomeMessages messages,
            BarrierPolicy barrier,
            FlowListener listener) {
        this.topics = topics;
        this.serdes = serdes;
        this.intake = intake;
        this.messages = messages;
        this.barrier = barrier;
        this.listener = listener;
    }

    void addTo(StreamsBuilder builder) {
        KStream<SlideKey, Emission> emissions = dispatched(builder);
        publish(finished(emissions).merge(drained(emissions), Named.as("outcomes")));
    }

    /** What finishes is published, but no commit waits for it. */
    void addWithoutBarrierTo(StreamsBuilder builder) {
        publish(finished(dispatched(builder)));
    }

    private KStream<SlideKey, Emission> dispatched(StreamsBuilder builder) {
        builder.addStateStore(InFlight.builder(listener));
        return builder.stream(
                        topics.captured().name(),
                        Consumed.with(SLIDE, Serdes.ByteArray()).withName("images-captured"))
                .processValues(
                        () -> new Dispatch(intake, barrier, Waiter.BLOCKING),
                        Named.as("dispatch-image"),
                        InFlight.NAME);
    }

    private static KStream<SlideKey, Outcome> finished(KStream<SlideKey, Emission> emissions) {
        return emissions.flatMapValues(AnnotationStream::outcomes, Named.as("finished"));
    }

    private KStream<SlideKey, Outcome> drained(KStream<SlideKey, Emission> emissions) {
        return emissions
                .flatMapValues(AnnotationStream::ticks, Named.as("ticks"))
                .groupByKey(Grouped.with("tick", CONSTANT, Tick.SERDE))
                .reduce(
                        (earlier, later) -> later,
                        Named.as("fold-ticks"),
                        Materialized.<SlideKey, Tick>as(Stores.inMemoryKeyValueStore("tick-table"))
                                .withKeySerde(CONSTANT)
                                .withValueSerde(Tick.SERDE)
                                .withCachingEnabled()
                                .withLoggingDisabled())
                .toStream(Named.as("commit-ticks"))
                .process(
                        () -> new Drain(barrier, listener, Waiter.BLOCKING),
                        Named.as("drain"),
                        InFlight.NAME);
    }

    private void publish(KStream<SlideKey, Outcome> outcomes) {
        KStream<SlideKey, Outcome> keyed =
                outcomes.selectKey(
                        (key, outcome) -> key.or(outcome.slide()), Named.as("key-by-slide"));
        keyed.flatMapValues(AnnotationStream::annotated, Named.as("annotated"))
                .mapValues(this::message, Named.as("annotation-message"))
                .to(
                        topics.annotated().name(),
                        Produced.with(SLIDE, serdes.serde(topics.annotated()))
                                .withName("images-annotated"));
        keyed.flatMapValues(AnnotationStream::rejected, Named.as("rejected"))
                .mapValues(this::message, Named.as("rejection-message"))
                .to(
                        topics.rejected().name(),
                        Produced.with(SLIDE, serdes.serde(topics.rejected()))
                                .withName("images-rejected"));
    }

    private ImageAnnotated message(Outcome.Annotated outcome) {
        listener.annotated(outcome.result().image(), outcome.result().annotation());
        return messages.message(outcome);
    }

    private ImageRejected message(Outcome.Rejected outcome) {
        listener.rejected(outcome.rejection());
        return outcome.message();
    }

    private static List<Tick> ticks(Emission emission) {
        return emission instanceof Tick tick ? List.of(tick) : List.of();
    }

    private static List<Outcome> outcomes(Emission emission) {
        return emission instanceof Outcome outcome ? List.of(outcome) : List.of();
    }

    private static List<Outcome.Annotated> annotated(Outcome outcome) {
        return outcome instanceof Outcome.Annotated annotated ? List.of(annotated) : List.of();
    }

    private static List<Outcome.Rejected> rejected(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected ? List.of(rejected) : List.of();
    }
}
