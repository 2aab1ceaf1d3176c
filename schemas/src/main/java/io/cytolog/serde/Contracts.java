// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.topic.Topic;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the contracts into the registry at start, so that a conflict shows before the first image
 * and no later version can break a reader or a writer that is still about.
 */
public final class Contracts {

    private final SchemaRegistryClient registry;

    Contracts(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /**
     * Registers the values of {@code topics} and holds their subjects to FULL_TRANSITIVE. May be
     * repeated.
     *
     * @return schema id by subject
     */
    public Map<String, Integer> register(Collection<? extends Topic<?>> topics) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Topic<?> topic : topics) {
            ids.put(topic.subject(), register(topic));
        }
        return ids;
    }

    private int register(Topic<?> topic) {
        AvroSchema contract = new AvroSchema(EventModel.contract(topic.value()));
        String subject = topic.subject();
        try {
            // The level comes second: some registries know no level for a subject without schema.
            int id = registry.register(subject, contract);
            registry.updateCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE.name);
            return id;
        } catch (RestClientException e) {
            throw RegistryFailures.onWrite(subject, contract.name(), e);
        } catch (IOException e) {
            throw RegistryFailures.unreachable(subject, e);
        }
    }
}
