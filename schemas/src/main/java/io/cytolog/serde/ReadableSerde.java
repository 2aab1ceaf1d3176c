// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A serde that never stops a stream for a bad record: its fault becomes a value. A failure of the
 * registry still throws, since then the record may be good. Written back, an unreadable value is
 * the bytes that came. Threads may share it.
 */
public final class ReadableSerde<T extends SpecificRecord> implements Serde<Readable<T>> {

    private final AvroSerde<T> strict;

    ReadableSerde(AvroSerde<T> strict) {
        this.strict = strict;
    }

    @Override
    public Serializer<Readable<T>> serializer() {
        return this::write;
    }

    @Override
    public Deserializer<Readable<T>> deserializer() {
        return this::read;
    }

    private byte @Nullable [] write(String topic, @Nullable Readable<T> data) {
        return switch (data) {
            case null -> null;
            case Readable.Read<T>(T value) -> strict.serializer().serialize(topic, value);
            case Readable.Unreadable<T> unreadable -> unreadable.payload().bytes();
        };
    }

    private @Nullable Readable<T> read(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            T value = strict.deserializer().deserialize(topic, bytes);
            return new Readable.Read<>(Objects.requireNonNull(value));
        } catch (SerializationException e) {
            return new Readable.Unreadable<>(new Payload(bytes), e.getMessage());
        }
    }
}
