// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Says that an image entered; reaches the drain at the latest when the task commits. */
enum Tick implements Emission {
    TICK;

    /** One byte in the tick table; a null stays null. */
    static final Serde<Tick> SERDE =
            Serdes.serdeFrom(
                    (Serializer<Tick>) (topic, tick) -> written(tick),
                    (Deserializer<Tick>) (topic, bytes) -> read(bytes));

    private static byte @Nullable [] written(@Nullable Tick tick) {
        return tick == null ? null : new byte[] {1};
    }

    private static @Nullable Tick read(byte @Nullable [] bytes) {
        return bytes == null ? null : TICK;
    }
}
