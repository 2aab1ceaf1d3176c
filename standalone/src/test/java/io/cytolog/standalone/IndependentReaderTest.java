// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellBox;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.MatchedSentence;
import io.cytolog.event.Priority;
import io.cytolog.event.RecordOrigin;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a program that shares no code with us (Node, kafkajs) reads what we write and writes what
 * we read, through a real broker and a real registry. Skipped where npm is missing.
 */
class IndependentReaderTest {
    private static final String SLIDE = "A-26-0001-S1-1";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Topic<ImageAnnotated> ANNOTATED = Topics.IMAGES_ANNOTATED.named("lab1.");
    private static final Topic<ImageCaptured> CAPTURED = Topics.IMAGES_CAPTURED.named("lab1.");

    @TempDir Path work;

    @Test
    void aStrangerReadsOurResultAndWeReadTheStrangersImage() throws Exception {
        NodeProgram stranger = NodeProgram.installed();
        try (var broker = EmbeddedBroker.start(work.resolve("broker"));
                var registry = EmbeddedRegistry.start(RegistryHome.located(), work);
                var serdes = new EventSerdes(registry.url())) {
            // Given
            createTopics(broker);
            serdes.contracts().register(Topics.all("lab1."));
            publish(broker, serdes, annotated());

            // When
            String printed =
                    stranger.run(
                            "reader.mjs",
                            broker.bootstrapServers(),
                            registry.url(),
                            ANNOTATED.name(),
                            CAPTURED.name());

            // Then
            assertReadAsWritten(new ObjectMapper().readTree(printed));
            assertStrangersImage(firstCaptured(broker, serdes));
        }
    }

    private static void assertReadAsWritten(JsonNode seen) {
        JsonNode value = seen.path("value");
        JsonNode cell = value.path("cells").path(0);
        assertThat(seen.path("key").asText()).isEqualTo(SLIDE);
        assertThat(value.path("resultId").asText()).isEqualTo("1".repeat(64));
        assertThat(value.path("origin").path("priority").asText()).isEqualTo("STAT");
        assertThat(value.path("origin").path("stain").asText()).isEqualTo("MGG");
        assertThat(value.path("origin").path("field").isNull()).isTrue();
        assertThat(value.path("source").path("offset").asLong()).isEqualTo(41);
        assertThat(value.path("emittedAt").asLong()).isEqualTo(NOON.toEpochMilli());
        assertThat(cell.path("box").path("height").asInt()).isEqualTo(40);
        assertThat(cell.path("probabilities").path("band-neutrophil").asDouble()).isEqualTo(0.25);
        assertThat(cell.path("abstained").asBoolean(true)).isFalse();
        assertThat(cell.path("sentences").path(0).path("text").asText())
                .isEqualTo("a nucleus of three lobes, 2 µm bridges");
    }

    private static void assertStrangersImage(ConsumerRecord<String, ImageCaptured> record) {
        ImageCaptured image = record.value();
        assertThat(record.key()).isEqualTo(SLIDE);
        assertThat(image.getImageId()).isEqualTo("stranger-1");
        assertThat(image.getSourceName()).isEqualTo("cell-ü.png");
        assertThat(image.getKind()).isEqualTo(ImageKind.CELL);
        assertThat(image.getOrigin().getPriority()).isEqualTo(Priority.STAT);
        assertThat(image.getOrigin().getObjective()).isEqualTo(63.0);
        assertThat(image.getOrigin().getStain()).isNull();
        assertThat(image.getOrigin().getCapturedAt()).isEqualTo(NOON);
        assertThat(image.getContent())
                .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
        assertThat(image.getContentUri()).isNull();
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(ANNOTATED.creation(1), CAPTURED.creation(1))).all().get();
        }
    }

    private static void publish(EmbeddedBroker broker, EventSerdes serdes, ImageAnnotated result)
            throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer =
                new KafkaProducer<>(
                        settings, new StringSerializer(), serdes.serializer(ANNOTATED))) {
            producer.send(new ProducerRecord<>(ANNOTATED.name(), SLIDE, result)).get();
        }
    }

    private static ConsumerRecord<String, ImageCaptured> firstCaptured(
            EmbeddedBroker broker, EventSerdes serdes) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "us",
                        "auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), serdes.deserializer(CAPTURED))) {
            consumer.subscribe(List.of(CAPTURED.name()));
            return await().atMost(Duration.ofSeconds(20))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), r -> !r.isEmpty())
                    .iterator()
                    .next();
        }
    }

    private static ImageAnnotated annotated() {
        return ImageAnnotated.newBuilder()
                .setResultId("1".repeat(64))
                .setImageId("img-1")
                .setImageSha256("0".repeat(64))
                .setSourceName("cell-0001.jpg")
                .setReleaseId("2".repeat(64))
                .setBankVersion("3")
                .setOrigin(origin())
                .setSource(new RecordOrigin("lab1.images.captured", 2, 41L))
                .setKind(ImageKind.CELL)
                .setWidth(360)
                .setHeight(363)
                .setCells(List.of(cell()))
                .setIngestedAt(NOON)
                .setInferredAt(NOON)
                .setEmittedAt(NOON)
                .build();
    }

    private static ImageOrigin origin() {
        return ImageOrigin.newBuilder()
                .setAccession("A-26-0001")
                .setSpecimen("S1")
                .setSlide(SLIDE)
                .setStain("MGG")
                .setCapturedAt(NOON)
                .setPriority(Priority.STAT)
                .build();
    }

    private static AnnotatedCell cell() {
        var sentence = new MatchedSentence("s-12", "a nucleus of three lobes, 2 µm bridges", 0.5);
        return AnnotatedCell.newBuilder()
                .setBox(new CellBox(1, 2, 30, 40))
                .setFinding("segmented-neutrophil")
                .setFindingDisplay("Segmented neutrophil")
                .setCandidate("segmented-neutrophil")
                .setProbability(0.75)
                .setRunnerUp("band-neutrophil")
                .setMargin(0.125)
                .setProbabilities(Map.of("segmented-neutrophil", 0.75, "band-neutrophil", 0.25))
                .setAbstained(false)
                .setReviewRequired(false)
                .setSentences(List.of(sentence))
                .build();
    }
}
