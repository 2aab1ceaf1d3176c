// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** The versions of one message that may still lie on a topic, as kept under {@code history/}. */
record ContractHistory(String message, List<Schema> versions) {

    static final Path HISTORY = Path.of("history");

    static ContractHistory of(Class<?> type) {
        var versions = new ArrayList<Schema>();
        Path folder = HISTORY.resolve(type.getSimpleName());
        try {
            Path kept = folder.resolve("v1.avsc");
            while (Files.exists(kept)) {
                versions.add(new Schema.Parser().parse(Files.readString(kept)));
                kept = folder.resolve("v%d.avsc".formatted(versions.size() + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ContractHistory(type.getSimpleName(), List.copyOf(versions));
    }

    /** What to do about a contract that is not the last one kept; empty when it is. */
    List<String> drift(Schema current) {
        if (!versions.isEmpty() && versions.getLast().toString().equals(current.toString())) {
            return List.of();
        }
        Path next = Path.of(message, "v%d.avsc".formatted(versions.size() + 1));
        Path proposal = Path.of("target", "history").resolve(next);
        try {
            Files.createDirectories(proposal.getParent());
            Files.writeString(proposal, SchemaFormatter.format("json/pretty", current) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                """
                %1$s.avsc has changed since history/%1$s/v%2$d.avsc; never edit a kept version: \
                take the change back or keep the new one with `cp schemas/%3$s schemas/history/%4$s`\
                """
                        .formatted(message, versions.size(), proposal, next));
    }

    /** Why the registry would refuse {@code current} under FULL_TRANSITIVE; empty when it fits. */
    List<String> conflicts(Schema current) {
        return new AvroSchema(current)
                .isCompatible(
                        CompatibilityLevel.FULL_TRANSITIVE,
                        versions.stream()
                                .map(AvroSchema::new)
                                .<ParsedSchemaHolder>map(SimpleParsedSchemaHolder::new)
                                .toList());
    }
}
