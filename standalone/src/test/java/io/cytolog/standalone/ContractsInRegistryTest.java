// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.event.ReleaseAnnounced;
import io.cytolog.event.ReleaseRole;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import io.cytolog.serde.Registration;
import io.cytolog.serde.RegistryUnavailableException;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our serdes against the real registry: what it accepts, refuses and does not know. */
class ContractsInRegistryTest {
    private static final Topic<ReleaseAnnounced> TOPIC = Topics.RELEASES_ANNOUNCED;

    @TempDir static Path work;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        registry = EmbeddedRegistry.start(RegistryHome.located(), work);
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
    }

    @Test
    void takesEveryContractAndTakesThemAgain() {
        try (var serdes = new EventSerdes(registry.url());
                var later = new EventSerdes(registry.url())) {
            // When
            var ids = serdes.contracts().register(Topics.all("twice."));

            // Then
            assertThat(ids).hasSize(Topics.all().size());
            assertThat(later.contracts().register(Topics.all("twice."))).isEqualTo(ids);
        }
    }

    @Test
    void refusesAChangeThatWouldBreakAReader() throws Exception {
        try (var serdes = new EventSerdes(registry.url());
                var client = new CachedSchemaRegistryClient(registry.url(), 10)) {
            // Given
            Topic<ReleaseAnnounced> topic = TOPIC.named("change.");
            serdes.contracts().register(List.of(topic));
            var other =
                    new AvroSchema(
                            """
                            {"type":"record","name":"ReleaseAnnounced","namespace":"io.cytolog.event",
                             "fields":[{"name":"brandNew","type":"string"}]}
                            """);

            // Then
            assertThat(client.getCompatibility(topic.subject())).isEqualTo("FULL_TRANSITIVE");
            assertThatThrownBy(() -> client.register(topic.subject(), other))
                    .isInstanceOfSatisfying(
                            RestClientException.class,
                            refusal -> assertThat(refusal.getStatus()).isEqualTo(409));
        }
    }

    @Test
    void refusesToStartOverATopicOfAnotherShape() throws Exception {
        try (var serdes = new EventSerdes(registry.url());
                var client = new CachedSchemaRegistryClient(registry.url(), 10)) {
            // Given
            Topic<ReleaseAnnounced> topic = TOPIC.named("taken.");
            client.register(topic.subject(), new AvroSchema("\"string\""));
            client.updateCompatibility(topic.subject(), "FULL_TRANSITIVE");

            // Then
            assertThatThrownBy(() -> serdes.contracts().register(List.of(topic)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("taken.releases.announced-value")
                    .hasMessageContaining("incompatible");
        }
    }

    @Test
    void writesBeforehandOnlyWhatIsRegistered() {
        try (var serdes = new EventSerdes(registry.url(), Registration.BEFOREHAND, Map.of())) {
            // Given
            Topic<ReleaseAnnounced> topic = TOPIC.named("before.");
            var serde = serdes.serde(topic);

            // Then
            assertThatThrownBy(() -> serde.serializer().serialize(topic.name(), announced()))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("is not registered");

            // When
            serdes.contracts().register(List.of(topic));

            // Then
            byte[] bytes = serde.serializer().serialize(topic.name(), announced());
            assertThat(serde.deserializer().deserialize(topic.name(), bytes))
                    .isEqualTo(announced());
        }
    }

    @Test
    void anIdThatTheRegistryNeverGaveIsTheRecordsFault() {
        try (var serdes = new EventSerdes(registry.url())) {
            byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(999_999).array();

            assertThat(serdes.readable(TOPIC).deserializer().deserialize(TOPIC.name(), bytes))
                    .isInstanceOf(Readable.Unreadable.class);
        }
    }

    @Test
    void aWrongPathOnTheRegistrysHostIsOurs() {
        String root = registry.url().replace("/apis/ccompat/v7", "/nothing-here");
        try (var serdes = new EventSerdes(root)) {
            byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(1).array();
            var reader = serdes.readable(TOPIC).deserializer();

            assertThatThrownBy(() -> reader.deserialize(TOPIC.name(), bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    private static ReleaseAnnounced announced() {
        return ReleaseAnnounced.newBuilder()
                .setChannel("default")
                .setReleaseId("2".repeat(64))
                .setLocation("file:releases/blood")
                .setRole(ReleaseRole.SERVE)
                .setAnnouncedBy("jdoe")
                .setAnnouncedAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build();
    }
}
