// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one kind of message in Confluent's wire format; works without Kafka Streams as a plain
 * {@code byte[] serialize(topic, value)}. Any number of threads may share it: its only state is the
 * cache of schema ids by topic.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private static final int FIRST_BUFFER_BYTES = 4 << 10;

    private final SchemaRegistryClient registry;
    private final Registration registration;
    private final int maxBytes;
    private final AvroSchema contract;
    private final SpecificDatumWriter<T> writer;
    private final ConcurrentMap<String, Integer> idByTopic = new ConcurrentHashMap<>();

    public AvroSerializer(
            SchemaRegistryClient registry, Registration registration, Topic<T> topic) {
        this.registry = registry;
        this.registration = registration;
        this.maxBytes = topic.maxRecordBytes();
        this.contract = new AvroSchema(EventModel.contract(topic.value()));
        this.writer =
                new SpecificDatumWriter<>(
                        EventModel.readerSchema(topic.value()), EventModel.dataOf(topic.value()));
    }

    /**
     * The record's bytes; {@code null} (a tombstone) stays {@code null}.
     *
     * @throws SerializationException when the value breaks its contract or its bound
     * @throws RegistryUnavailableException when the registry cannot be asked
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = encode(topic, idOf(topic), value);
        if (bytes.length > maxBytes) {
            throw new SerializationException(
                    "%s: %s of %d bytes is over the bound of %d; send a claim check instead"
                            .formatted(topic, contract.name(), bytes.length, maxBytes));
        }
        return bytes;
    }

    private byte[] encode(String topic, int schemaId, T value) {
        var bytes = new ByteArrayOutputStream(FIRST_BUFFER_BYTES);
        bytes.writeBytes(WireFormat.header(schemaId));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            // Avro reports a missing or wrong field by any of these.
            throw new SerializationException(
                    "%s: value breaks the contract %s: %s"
                            .formatted(topic, contract.name(), e.getMessage()),
                    e);
        }
        return bytes.toByteArray();
    }

    private int idOf(String topic) {
        Integer known = idByTopic.get(topic);
        if (known != null) {
            return known;
        }
        int id = askRegistry(topic);
        idByTopic.put(topic, id);
        return id;
    }

    private int askRegistry(String topic) {
        String subject = Topic.subjectOf(topic);
        try {
            return switch (registration) {
                case AUTOMATIC -> registry.register(subject, contract);
                case BEFOREHAND -> registry.getId(subject, contract);
            };
        } catch (RestClientException e) {
            throw RegistryFailures.onWrite(subject, contract.name(), e);
        } catch (IOException e) {
            throw RegistryFailures.unreachable(subject, e);
        }
    }
}
