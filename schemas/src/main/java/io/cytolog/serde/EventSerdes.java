// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.cytolog.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Gives the serde of a topic; all serdes share one registry client and its caches. Threads may
 * share it. Whoever opens it closes it, after the last serde is used.
 */
public final class EventSerdes implements AutoCloseable {

    private static final int CACHED_SCHEMAS = 1000;

    private static final Map<String, ?> DEFAULTS =
            Map.of("http.connect.timeout.ms", 10_000, "http.read.timeout.ms", 20_000);

    /** A flood of records with made-up ids asks the registry once a minute for each, not always. */
    private static final Map<String, ?> LIMITS =
            Map.of("missing.id.cache.ttl.sec", 60L, "missing.cache.size", 10_000);

    private final SchemaRegistryClient registry;
    private final Registration registration;

    public EventSerdes(SchemaRegistryClient registry, Registration registration) {
        this.registry = registry;
        this.registration = registration;
    }

    /** Serdes that register what they write, over the registry at {@code url}. */
    public EventSerdes(String url) {
        this(url, Registration.AUTOMATIC, Map.of());
    }

    /**
     * @param url address of the registry; several, separated by commas, are tried in turn
     * @param settings Confluent client settings, for example credentials and TLS stores
     */
    public EventSerdes(String url, Registration registration, Map<String, String> settings) {
        this(clientOf(url, settings), registration);
    }

    /** Serde of a topic's values; throws on a value that cannot be read. */
    public <V extends SpecificRecord> AvroSerde<V> serde(Topic<V> topic) {
        return new AvroSerde<>(serializer(topic), deserializer(topic));
    }

    /** Serde whose reader turns an unreadable value into a {@link Readable.Unreadable}. */
    public <V extends SpecificRecord> ReadableSerde<V> readable(Topic<V> topic) {
        return new ReadableSerde<>(serde(topic));
    }

    public <V extends SpecificRecord> AvroSerializer<V> serializer(Topic<V> topic) {
        return new AvroSerializer<>(registry, registration, topic);
    }

    public <V extends SpecificRecord> AvroDeserializer<V> deserializer(Topic<V> topic) {
        return new AvroDeserializer<>(registry, topic);
    }

    /** The contracts of all topics, to be registered at start. */
    public Contracts contracts() {
        return new Contracts(registry);
    }

    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaRegistryClient clientOf(String url, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(DEFAULTS);
        all.putAll(settings);
        all.putAll(LIMITS);
        return new CachedSchemaRegistryClient(
                List.of(url.split("\\s*,\\s*")),
                CACHED_SCHEMAS,
                List.of(new AvroSchemaProvider()),
                all);
    }
}
