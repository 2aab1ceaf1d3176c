// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether broker, registry and Connect are the real things and answer side by side in one JVM. */
class EmbeddedStackTest {
    @TempDir Path work;

    @Test
    void brokerCommitsATransactionThatAReaderSees() throws Exception {
        try (var broker = EmbeddedBroker.start(work.resolve("broker"))) {
            // Given
            createTopic(broker, "greetings");
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t");
            var text = new StringSerializer();
            try (var producer = new KafkaProducer<>(settings, text, text)) {
                // When
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("greetings", "slide", "hello"));
                producer.commitTransaction();
            }

            // Then
            assertThat(firstValue(broker, "greetings")).isEqualTo("hello");
        }
    }

    @Test
    void registryTakesASchemaOverConfluentsApi() throws Exception {
        try (var registry = EmbeddedRegistry.start(RegistryHome.located(), work)) {
            // Given
            var subject = URI.create(registry.url() + "/subjects/images.captured-value/versions");
            String schema = "{\"schema\":\"\\\"string\\\"\"}";
            try (var http = HttpClient.newHttpClient()) {
                var registration =
                        HttpRequest.newBuilder(subject)
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(schema))
                                .build();

                // When
                var answer = http.send(registration, HttpResponse.BodyHandlers.ofString());

                // Then
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"id\":");
            }
        }
    }

    @Test
    void connectAnswersOnItsRestAddressAndListsOurPlugins() throws Exception {
        try (var broker = EmbeddedBroker.start(work.resolve("broker"));
                var connect =
                        EmbeddedConnect.start(broker.bootstrapServers(), work.resolve("connect"));
                var http = HttpClient.newHttpClient()) {
            // Given
            var plugins = URI.create(connect.url()).resolve("/connector-plugins");

            // When
            var answer =
                    http.send(
                            HttpRequest.newBuilder(plugins).build(),
                            HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(plugins.getHost()).isEqualTo("127.0.0.1");
        }
    }

    private static void createTopic(EmbeddedBroker broker, String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static String firstValue(EmbeddedBroker broker, String topic) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "reader",
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest");
        var text = new StringDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, text, text)) {
            consumer.subscribe(List.of(topic));
            return await().atMost(Duration.ofSeconds(20))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), r -> !r.isEmpty())
                    .iterator()
                    .next()
                    .value();
        }
    }
}
