// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.serde.EventSerdes;
import org.apache.kafka.streams.Topology;

/** Puts the topology together: {@link CytologTopology#of} as shipped. */
@FunctionalInterface
public interface TopologyShape {

    Topology of(
            StreamTopics topics,
            EventSerdes serdes,
            ImageIntake intake,
            OutcomeMessages messages,
            BarrierPolicy barrier,
            FlowListener listener);
}
