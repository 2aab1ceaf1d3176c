// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped connectors on a real broker, registry and Connect worker, over the worker's restarts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorsEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path work;
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private EventSerdes serdes;

    @BeforeAll
    void startBrokerAndRegistry(@TempDir Path folder) throws Exception {
        work = folder;
        broker = EmbeddedBroker.start(work.resolve("broker"));
        registry = EmbeddedRegistry.start(RegistryHome.located(), work);
        serdes = new EventSerdes(registry.url());
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(
                            List.of(
                                    Topics.IMAGES_CAPTURED.creation(2),
                                    Topics.SLIDES_SUMMARISED.creation(2)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    void stopThem() throws Exception {
        serdes.close();
        registry.close();
        broker.close();
    }

    @Test
    void everyFileComesOnceOverRestartsOfTheWorker() throws Exception {
        // Given
        Path folder = Files.createDirectories(work.resolve("images"));
        List<String> seen = new ArrayList<>();
        try (var reader = reader()) {
            // When the worker is stopped and started, with files added before, during and between
            for (int round = 0; round < 3; round++) {
                write(folder, round, 0, 20);
                int expected = (round + 1) * 40;
                try (var connect = connect("source")) {
                    connect.deploy("images-in", source(folder));
                    write(folder, round, 20, 40);
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () -> {
                                        seen.addAll(poll(reader));
                                        assertThat(seen).hasSizeGreaterThanOrEqualTo(expected);
                                    });
                }
            }
            // Then
            seen.addAll(poll(reader));
        }
        assertThat(seen).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void summariesBecomeFilesOnceASlide() throws Exception {
        // Given
        Path out = work.resolve("results");
        try (var connect = connect("sink");
                var producer = producer()) {
            connect.deploy("results-out", sink(out));
            // When
            for (long revision = 1; revision <= 5; revision++) {
                producer.send(summary("A/1", revision)).get();
                producer.send(summary("B", revision)).get();
            }
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                assertThat(out.resolve("json/A%2F1.json"))
                                        .content()
                                        .contains("\"revision\" : 5");
                                assertThat(out.resolve("json/B.json"))
                                        .content()
                                        .contains("\"revision\" : 5");
                            });
            assertThat(out.resolve("hl7/A%2F1.hl7")).content().startsWith("MSH|").contains("|P|");
            try (var files = Files.walk(out)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(4);
            }
        }
    }

    private EmbeddedConnect connect(String name) throws IOException {
        return EmbeddedConnect.start(broker.bootstrapServers(), work.resolve("connect-" + name));
    }

    private Map<String, String> source(Path folder) {
        return Map.of(
                "connector.class",
                "io.cytolog.connect.folder.FolderSourceConnector",
                "tasks.max",
                "2",
                "folder",
                folder.toString(),
                "stable.ms",
                "100",
                "scan.interval.ms",
                "50",
                "schema.registry.url",
                registry.url());
    }

    private Map<String, String> sink(Path out) {
        return Map.of(
                "connector.class",
                "io.cytolog.connect.result.SlideFileSinkConnector",
                "tasks.max",
                "1",
                "topics",
                Topics.SLIDES_SUMMARISED.name(),
                "out",
                out.toString(),
                "schema.registry.url",
                registry.url());
    }

    private static void write(Path folder, int round, int from, int to) throws IOException {
        for (int i : IntStream.range(from, to).toArray()) {
            Path slide = Files.createDirectories(folder.resolve("ACC/SP/slide-" + i % 5));
            Files.writeString(slide.resolve("r%d-%03d.png".formatted(round, i)), "image " + i);
        }
    }

    private KafkaConsumer<String, byte[]> reader() {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "end-to-end",
                        "auto.offset.reset", "earliest");
        var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.IMAGES_CAPTURED.name()));
        return consumer;
    }

    private List<String> poll(KafkaConsumer<String, byte[]> reader) {
        List<String> names = new ArrayList<>();
        for (var record : reader.poll(Duration.ofMillis(500))) {
            ImageCaptured image =
                    serdes.deserializer(Topics.IMAGES_CAPTURED)
                            .deserialize(record.topic(), record.value());
            assertThat(record.key()).isEqualTo(image.getOrigin().getSlide());
            names.add(image.getSourceName());
        }
        return names;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private ProducerRecord<byte[], byte[]> summary(String slide, long revision) {
        SlideSummarised summary =
                SlideSummarised.newBuilder()
                        .setSlide(slide)
                        .setAccession("ACC")
                        .setSpecimen("SP")
                        .setStatus(SlideStatus.PRELIMINARY)
                        .setRevision(revision)
                        .setImages(1L)
                        .setCells(1L)
                        .setAbstained(1L)
                        .setReviewRequired(0L)
                        .setFindings(List.of())
                        .setSentences(List.of())
                        .setReleaseIds(List.of("r"))
                        .setFirstCapturedAt(Instant.EPOCH)
                        .setLastEmittedAt(Instant.EPOCH)
                        .build();
        return new ProducerRecord<>(
                Topics.SLIDES_SUMMARISED.name(),
                slide.getBytes(StandardCharsets.UTF_8),
                serdes.serializer(Topics.SLIDES_SUMMARISED)
                        .serialize(Topics.SLIDES_SUMMARISED.name(), summary));
    }
}
