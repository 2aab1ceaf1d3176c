// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Serializer and deserializer of one topic's values. Threads may share it. */
public record AvroSerde<T extends SpecificRecord>(
        AvroSerializer<T> serializer, AvroDeserializer<T> deserializer) implements Serde<T> {}
