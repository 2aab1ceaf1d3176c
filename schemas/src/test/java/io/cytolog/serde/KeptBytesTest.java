// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records written by version 1, kept as they lay on the topic, still mean what they meant. */
class KeptBytesTest {

    static List<? extends SpecificRecord> messages() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bytesOfVersionOneReadAsTheSampleTheyWereMadeFrom(SpecificRecord sample)
            throws IOException, RestClientException {
        // Given
        Topic<SpecificRecord> topic = topicOf(sample);
        ContractHistory history = ContractHistory.of(topic.value());
        byte[] bytes = Files.readAllBytes(kept(topic));
        var registry = new MockSchemaRegistryClient();
        var first = new AvroSchema(history.versions().getFirst());
        registry.register(topic.subject(), first, 1, WireFormat.schemaId("", bytes, bytes.length));

        // When
        var reader = new EventSerdes(registry, Registration.BEFOREHAND).deserializer(topic);

        // Then
        assertThat(reader.deserialize(topic.name(), bytes)).isEqualTo(sample);
    }

    private static Path kept(Topic<?> topic) {
        return ContractHistory.HISTORY.resolve(topic.value().getSimpleName()).resolve("v1.bin");
    }

    @SuppressWarnings("unchecked")
    private static Topic<SpecificRecord> topicOf(SpecificRecord message) {
        return (Topic<SpecificRecord>)
                Topics.all().stream()
                        .filter(topic -> topic.value() == message.getClass())
                        .findFirst()
                        .orElseThrow();
    }
}
