// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tally as JSON: a store's and its changelog's own format, which no one else reads and
 * which a later version can still read. Threads may share it.
 */
final class SlideTallySerde {

    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    static final Serde<SlideTally> TALLY =
            Serdes.serdeFrom(
                    (Serializer<SlideTally>) (topic, tally) -> written(tally),
                    (Deserializer<SlideTally>) (topic, bytes) -> read(bytes));

    private SlideTallySerde() {}

    private static byte @Nullable [] written(@Nullable SlideTally tally) {
        try {
            return tally == null ? null : JSON.writeValueAsBytes(tally);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable SlideTally read(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : JSON.readValue(bytes, SlideTally.class);
        } catch (IOException e) {
            throw new SerializationException("a slide's tally cannot be read", e);
        }
    }
}
