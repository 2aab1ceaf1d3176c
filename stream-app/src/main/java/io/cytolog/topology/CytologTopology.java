// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.serde.EventSerdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;

/** The whole topology: images to results, results to slide summaries. */
public final class CytologTopology {

    private CytologTopology() {}

    public static Topology of(
            StreamTopics topics,
            EventSerdes serdes,
            ImageIntake intake,
            OutcomeMessages messages,
            BarrierPolicy barrier,
            FlowListener listener) {
        StreamsBuilder builder = new StreamsBuilder();
        new AnnotationStream(topics, serdes, intake, messages, barrier, listener).addTo(builder);
        new SlideSummaries(topics, serdes).addTo(builder);
        return builder.build();
    }

    /** Results without slide summaries, to see what the summaries cost. */
    public static Topology withoutSummaries(
            StreamTopics topics,
            EventSerdes serdes,
            ImageIntake intake,
            OutcomeMessages messages,
            BarrierPolicy barrier,
            FlowListener listener) {
        StreamsBuilder builder = new StreamsBuilder();
        new AnnotationStream(topics, serdes, intake, messages, barrier, listener).addTo(builder);
        return builder.build();
    }

    /**
     * Loses images, and is here for that alone: without the commit barrier, what is in flight when
     * its offset is committed dies with the process. The control of {@code ./cytolog chaos}, which
     * must see it; no configuration leads here.
     */
    public static Topology withoutBarrier(
            StreamTopics topics,
            EventSerdes serdes,
            ImageIntake intake,
            OutcomeMessages messages,
            BarrierPolicy barrier,
            FlowListener listener) {
        StreamsBuilder builder = new StreamsBuilder();
        new AnnotationStream(topics, serdes, intake, messages, barrier, listener)
                .addWithoutBarrierTo(builder);
        new SlideSummaries(topics, serdes).addTo(builder);
        return builder.build();
    }
}
