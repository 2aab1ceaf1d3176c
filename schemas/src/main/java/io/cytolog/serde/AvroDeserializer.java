// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.topic.Topic;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kind of message from Confluent's wire format, resolving whatever version wrote it into
 * the version this build knows. Any number of threads may share it: its only state is the cache of
 * readers by schema id, which the registry's own number of schemas bounds.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final SchemaRegistryClient registry;
    private final Class<T> type;
    private final int maxBytes;
    private final Schema readerSchema;
    private final ConcurrentMap<Integer, DatumReader<T>> readerById = new ConcurrentHashMap<>();

    public AvroDeserializer(SchemaRegistryClient registry, Topic<T> topic) {
        this.registry = registry;
        this.type = topic.value();
        this.maxBytes = topic.maxRecordBytes();
        this.readerSchema = EventModel.readerSchema(type);
    }

    /**
     * The message; {@code null} (a tombstone) stays {@code null}.
     *
     * @throws SerializationException when the bytes are not a message of this kind
     * @throws RegistryUnavailableException when the registry cannot be asked
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        int id = WireFormat.schemaId(topic, bytes, maxBytes);
        return decode(topic, id, bytes);
    }

    private T decode(String topic, int id, byte[] bytes) {
        int length = bytes.length - WireFormat.HEADER_BYTES;
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, null);
        DatumReader<T> reader = readerOf(topic, id);
        T value;
        boolean exhausted;
        try {
            value = reader.read(null, decoder);
            exhausted = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            // Avro answers damaged bytes with whatever they lead it into, for example
            // UnsupportedOperationException for a length over its limit.
            throw unreadable(topic, id, "does not decode: " + reasonOf(e), e);
        }
        if (!exhausted) {
            throw unreadable(topic, id, "has bytes left after the record", null);
        }
        return value;
    }

    private DatumReader<T> readerOf(String topic, int id) {
        DatumReader<T> known = readerById.get(id);
        if (known != null) {
            return known;
        }
        var reader =
                new SpecificDatumReader<T>(
                        writerSchema(topic, id), readerSchema, EventModel.dataOf(type));
        readerById.put(id, reader);
        return reader;
    }

    private Schema writerSchema(String topic, int id) {
        ParsedSchema schema = askRegistry(topic, id);
        if (!(schema.rawSchema() instanceof Schema avro)) {
            throw unreadable(topic, id, "is not Avro but " + schema.schemaType(), null);
        }
        // Avro would match two records by their fields alone and read the one as the other.
        if (!avro.getFullName().equals(readerSchema.getFullName())) {
            throw unreadable(topic, id, "is a " + avro.getFullName(), null);
        }
        return avro;
    }

    private ParsedSchema askRegistry(String topic, int id) {
        String subject = Topic.subjectOf(topic);
        try {
            return registry.getSchemaBySubjectAndId(subject, id);
        } catch (RestClientException e) {
            if (RegistryFailures.isUnknown(e)) {
                throw unreadable(topic, id, "is unknown to the registry", e);
            }
            throw RegistryFailures.refused(subject, e);
        } catch (IOException e) {
            throw RegistryFailures.unreachable(subject, e);
        }
    }

    private SerializationException unreadable(
            String topic, int id, String what, @Nullable Throwable cause) {
        return new SerializationException(
                "%s: value with schema id %d %s; expected a %s written through this registry"
                        .formatted(topic, id, what, readerSchema.getFullName()),
                cause);
    }

    private static String reasonOf(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
