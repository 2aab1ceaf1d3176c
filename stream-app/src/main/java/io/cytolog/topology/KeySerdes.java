// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The two ways in which a slide key is written. Threads may share them. */
final class KeySerdes {

    /** Plain UTF-8 on topics; no key for {@link SlideKey#NONE}. */
    static final Serde<SlideKey> SLIDE =
            Serdes.serdeFrom(
                    (Serializer<SlideKey>) (topic, key) -> bytes(key),
                    (Deserializer<SlideKey>) (topic, bytes) -> key(bytes));

    /** Every key the same byte: one entry in the tick table, whatever the slides. */
    static final Serde<SlideKey> CONSTANT =
            Serdes.serdeFrom(
                    (Serializer<SlideKey>) (topic, key) -> new byte[] {0},
                    (Deserializer<SlideKey>) (topic, bytes) -> SlideKey.NONE);

    private KeySerdes() {}

    private static byte @Nullable [] bytes(@Nullable SlideKey key) {
        String slide = key == null ? null : key.slide();
        return slide == null ? null : slide.getBytes(UTF_8);
    }

    private static SlideKey key(byte @Nullable [] bytes) {
        return bytes == null ? SlideKey.NONE : SlideKey.of(new String(bytes, UTF_8));
    }
}
