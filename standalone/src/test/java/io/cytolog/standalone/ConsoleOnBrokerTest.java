// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.console.CommittedListener;
import io.cytolog.console.CommittedReader;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.EventSerdes;
import io.cytolog.telemetry.KafkaLagProbe;
import io.cytolog.telemetry.Lag;
import io.cytolog.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console reads from a real broker: committed results only, and the lag as it is. */
class ConsoleOnBrokerTest {

    @TempDir private static Path work;
    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static Map<String, Object> client;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(work.resolve("broker"));
        registry = EmbeddedRegistry.start(RegistryHome.located(), work.resolve("registry"));
        client = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(client);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        registry.close();
        broker.close();
    }

    @Test
    void readsTheLagAndTheAgeOfTheOldestImage() throws Exception {
        // Given
        create("lag.captured");
        try (Producer<byte[], byte[]> scanner = producer(Map.of());
                var probe =
                        KafkaLagProbe.connect(
                                client,
                                "lag-group",
                                List.of("lag.captured"),
                                "lag.captured",
                                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))) {
            assertThat(probe.read().time()).isZero();
            for (int i = 0; i < 3; i++) {
                scanner.send(new ProducerRecord<>("lag.captured", 0, null, new byte[100_000]))
                        .get();
            }

            // When
            Lag before = probe.read();
            commit("lag.captured", 1);
            Lag between = probe.read();
            commit("lag.captured", 3);
            Lag after = probe.read();

            // Then
            assertThat(before.recordsOf("lag.captured")).isEqualTo(3);
            assertThat(before.time()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(90));
            assertThat(between.recordsOf("lag.captured")).isEqualTo(2);
            assertThat(between.time()).isGreaterThan(Duration.ofSeconds(59));
            assertThat(after.recordsOf("lag.captured")).isZero();
            assertThat(after.time()).isZero();
        }
    }

    @Test
    void seesCommittedResultsOnlyAndPassesOverUnreadableOnes() throws Exception {
        // Given
        create("fed.images.annotated", "fed.images.rejected", "fed.slides.summarised");
        Slides seen = new Slides();
        try (EventSerdes serdes = new EventSerdes(registry.url());
                Producer<byte[], byte[]> stream =
                        producer(Map.of("transactional.id", "console-test"));
                CommittedReader reader =
                        CommittedReader.connect(client, serdes, "fed.", seen, Clock.systemUTC())) {
            reader.start();
            stream.initTransactions();

            // When
            stream.beginTransaction();
            send(stream, serdes, "aborted");
            stream.abortTransaction();
            stream.beginTransaction();
            stream.send(new ProducerRecord<>("fed.slides.summarised", new byte[] {1, 2, 3}));
            send(stream, serdes, "committed");
            stream.commitTransaction();

            // Then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(seen.slides).contains("committed"));
            assertThat(seen.slides).doesNotContain("aborted");
        }
    }

    private static void send(Producer<byte[], byte[]> stream, EventSerdes serdes, String slide) {
        var topic = Topics.SLIDES_SUMMARISED.named("fed.");
        byte[] value = serdes.serializer(topic).serialize(topic.name(), summary(slide));
        stream.send(new ProducerRecord<>(topic.name(), value));
        stream.flush();
    }

    private static SlideSummarised summary(String slide) {
        return SlideSummarised.newBuilder()
                .setSlide(slide)
                .setAccession("")
                .setSpecimen("")
                .setStatus(SlideStatus.PRELIMINARY)
                .setRevision(1L)
                .setImages(1L)
                .setCells(1L)
                .setAbstained(0L)
                .setReviewRequired(0L)
                .setFindings(List.of())
                .setSentences(List.of())
                .setReleaseIds(List.of())
                .setFirstCapturedAt(Instant.EPOCH)
                .setLastEmittedAt(Instant.EPOCH)
                .build();
    }

    private static void create(String... names) throws Exception {
        admin.createTopics(
                        List.of(names).stream()
                                .map(name -> new NewTopic(name, 1, (short) 1))
                                .toList())
                .all()
                .get();
    }

    private static void commit(String topic, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        "lag-group",
                        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Remembers which slides were told of; written by the reader's thread. */
    private static final class Slides implements CommittedListener {

        private final Queue<String> slides = new ConcurrentLinkedQueue<>();

        @Override
        public void annotated(ImageAnnotated result, Instant seenAt) {}

        @Override
        public void rejected(ImageRejected rejection) {}

        @Override
        public void summarised(SlideSummarised summary) {
            slides.add(summary.getSlide());
        }
    }
}
