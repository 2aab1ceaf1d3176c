// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.content.FaultyDoor.Fault;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claim checks from a record on a real broker, by a real S3 server, to committed outcomes. */
@Timeout(180)
class S3ThroughStreamTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final byte[] CELL = cell();

    @TempDir private Path folder;

    @Test
    void answersEveryClaimCheckOnceThoughTheStoreIsDownAtFirst() throws Exception {
        // Given: a store that fails all attempts at the first image, for a while.
        try (S3Server server = S3Server.start(folder);
                FaultyDoor door = new FaultyDoor(server.port(), faults(4));
                EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryHome.located(), folder);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            server.bucket("fields");
            server.bucket("others");
            server.put("fields", "lab/cell.png", CELL);
            server.put("fields", "lab/large.png", new byte[3 << 20]);
            server.put("others", "lab/cell.png", CELL);
            AppConfig config = config(broker, registry, door.port());
            try (Wiring stream = Wiring.of(config, Parts.of(config));
                    EventSerdes serdes = new EventSerdes(registry.url())) {
                stream.start();

                // When
                publish(
                        broker,
                        serdes,
                        List.of(
                                image("good", "s3://fields/lab/cell.png", CELL).build(),
                                image("missing", "s3://fields/lab/none.png", CELL).build(),
                                image("forbidden", "s3://others/lab/cell.png", CELL).build(),
                                image("large", "s3://fields/lab/large.png", CELL).build(),
                                image("altered", "s3://fields/lab/cell.png", CELL)
                                        .setSha256("0".repeat(64))
                                        .build(),
                                image("longer", "s3://fields/lab/cell.png", CELL)
                                        .setSizeBytes(CELL.length + 1)
                                        .build()));

                // Then
                Map<String, String> outcomes = new TreeMap<>();
                await().atMost(LONGEST)
                        .dontCatchUncaughtExceptions()
                        .until(() -> read(broker, serdes, outcomes).size() >= 6);
                assertThat(outcomes)
                        .isEqualTo(
                                Map.of(
                                        "good", "ANNOTATED",
                                        "missing", "CONTENT_UNAVAILABLE",
                                        "forbidden", "URI_NOT_ALLOWED",
                                        "large", "TOO_MANY_BYTES",
                                        "altered", "DIGEST_MISMATCH",
                                        "longer", "SIZE_MISMATCH"));
                assertThat(door.connections()).isGreaterThan(4);
            }
        }
    }

    private static Fault[] faults(int count) {
        return IntStream.range(0, count).mapToObj(i -> Fault.SERVER_ERROR).toArray(Fault[]::new);
    }

    private AppConfig config(EmbeddedBroker broker, EmbeddedRegistry registry, int s3Port)
            throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, S3Server.KEYS.secret() + "\n");
        return ConfigReader.ofDefaults()
                .with("kafka.bootstrap-servers", broker.bootstrapServers())
                .with("kafka.properties", "{session.timeout.ms: 6000, heartbeat.interval.ms: 500}")
                .with("registry.url", registry.url())
                .with("release.path", "../release")
                .with("streams.state-dir", folder.resolve("state").toString())
                .with("topics.partitions", "1")
                .with("console.port", "0")
                .with("gate.max-bytes", "2MiB")
                .with("claim-check.s3.buckets", "[fields/lab]")
                .with("claim-check.s3.endpoint", "http://127.0.0.1:" + s3Port)
                .with("claim-check.s3.path-style", "true")
                .with("claim-check.s3.access-key", S3Server.KEYS.access())
                .with("claim-check.s3.secret-key", "${file:" + secret + "}")
                .read();
    }

    private static ImageCaptured.Builder image(String id, String uri, byte[] stated) {
        return ImageCaptured.newBuilder()
                .setImageId(id)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-1")
                                .setSpecimen("S-1")
                                .setSlide("slide-1")
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(Priority.ROUTINE)
                                .build())
                .setKind(ImageKind.CELL)
                .setSourceName(id + ".png")
                .setSha256(ImageBytes.wrap(stated).sha256())
                .setSizeBytes(stated.length)
                .setContentUri(uri);
    }

    private static void publish(
            EmbeddedBroker broker, EventSerdes serdes, List<ImageCaptured> images) {
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        serdes.serializer(Topics.IMAGES_CAPTURED))) {
            images.forEach(
                    image ->
                            producer.send(
                                    new ProducerRecord<>(
                                            Topics.IMAGES_CAPTURED.name(), "slide-1", image)));
        }
    }

    /** All committed outcomes so far; a second one of an image would fail the map. */
    private static Map<String, String> read(
            EmbeddedBroker broker, EventSerdes serdes, Map<String, String> outcomes) {
        outcomes.clear();
        read(broker, serdes, Topics.IMAGES_ANNOTATED, outcomes, S3ThroughStreamTest::annotated);
        read(broker, serdes, Topics.IMAGES_REJECTED, outcomes, S3ThroughStreamTest::rejected);
        return outcomes;
    }

    private static Map.Entry<String, String> annotated(ImageAnnotated result) {
        return Map.entry(result.getImageId(), "ANNOTATED");
    }

    private static Map.Entry<String, String> rejected(ImageRejected rejection) {
        return Map.entry(rejection.getImageId(), rejection.getReason().name());
    }

    private static <T extends SpecificRecord> void read(
            EmbeddedBroker broker,
            EventSerdes serdes,
            Topic<T> topic,
            Map<String, String> outcomes,
            Function<T, Map.Entry<String, String>> entry) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        serdes.deserializer(topic))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic.name(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.poll(Duration.ofSeconds(1))
                    .forEach(
                            record -> {
                                var outcome = entry.apply(record.value());
                                assertThat(outcomes.put(outcome.getKey(), outcome.getValue()))
                                        .isNull();
                            });
        }
    }

    private static byte[] cell() {
        var image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        var ink = image.createGraphics();
        ink.setColor(Color.MAGENTA);
        ink.fillOval(10, 10, 70, 70);
        ink.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
