// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether every image has exactly one outcome, in order, when a session fails and when instances
 * come and go inside this process, and what the slides' summaries make of it; {@link ChaosTest}
 * breaks processes.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommitBarrierTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration RUN = Duration.ofMillis(30);

    @TempDir private static Path shared;
    private static EmbeddedRegistry registry;
    private static Path release;

    @TempDir private Path work;
    private EmbeddedBroker broker;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = EmbeddedRegistry.start(RegistryHome.located(), shared);
        release = shared.resolve("release");
        TinyRelease.write(release);
    }

    @AfterAll
    static void stopRegistry() throws Exception {
        registry.close();
    }

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.start(work.resolve("broker"));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void losesAndRepeatsNothingWhenSessionsFailAndInstancesComeAndGo() throws Exception {
        // Given
        AppConfig first = config("one");
        AppConfig second = config("other");
        SessionFaults faults = new SessionFaults(RUN);
        SessionFaults none = new SessionFaults(RUN);
        try (Wiring stream = Wiring.of(first, InstanceProgram.parts(first, faults));
                NumberedFeed feed = new NumberedFeed(broker.bootstrapServers(), registry.url())) {
            stream.start();
            CompletableFuture<Void> publishing = publish(feed, 1_200, 100);
            try (Audit audit = awaitOutcomes(100)) {

                // When: a run fails, later two in a row, and between them another shares the work.
                faults.fail(1);
                try (Wiring joining = Wiring.of(second, InstanceProgram.parts(second, none))) {
                    joining.start();
                    assertThat(joining.awaitRunning(Duration.ofSeconds(60))).isTrue();
                    patiently().until(() -> audit.read() > 600);
                }
                faults.fail(2);
                publishing.join();

                // Then
                assertOnceInOrder(audit, feed);
                assertThat(faults.failuresLeft()).isZero();
                assertSummaries();
            }
        }
    }

    private static void assertOnceInOrder(Audit audit, NumberedFeed feed) {
        patiently().until(() -> audit.read() >= feed.sent() && audit.published() >= feed.sent());
        // Two commit intervals and more, so that a repetition would have shown.
        for (int i = 0; i < 10; i++) {
            audit.read();
        }
        assertThat(feed.refused()).isZero();
        assertThat(audit.lost()).as("lost").isZero();
        assertThat(audit.repeated()).as("repeated").isZero();
        assertThat(audit.misrouted()).as("misrouted").isZero();
        assertThat(audit.disorder()).isEmpty();
    }

    /** The same picture has the same result id, so each slide counts it once. */
    private void assertSummaries() {
        try (EventSerdes serdes = new EventSerdes(registry.url());
                KafkaConsumer<String, SlideSummarised> consumer =
                        new KafkaConsumer<>(
                                Map.of(
                                        "bootstrap.servers", broker.bootstrapServers(),
                                        "isolation.level", "read_committed",
                                        "auto.offset.reset", "earliest"),
                                new StringDeserializer(),
                                serdes.deserializer(Topics.SLIDES_SUMMARISED))) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.SLIDES_SUMMARISED.name()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<String, SlideSummarised> last = new HashMap<>();
            patiently()
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200))
                                        .forEach(
                                                record -> {
                                                    long before =
                                                            last.containsKey(record.key())
                                                                    ? last.get(record.key())
                                                                            .getRevision()
                                                                    : 0;
                                                    assertThat(record.value().getRevision())
                                                            .isEqualTo(before + 1);
                                                    last.put(record.key(), record.value());
                                                });
                                return last.size() == NumberedFeed.SLIDES;
                            });
            assertThat(last.values()).allMatch(summary -> summary.getImages() == 1);
        }
    }

    private static CompletableFuture<Void> publish(NumberedFeed feed, int images, int perSecond) {
        return CompletableFuture.runAsync(() -> feed.publish(images, perSecond));
    }

    /** Stream threads that die are what is tested; their exceptions are not the test's. */
    private static ConditionFactory patiently() {
        return await().atMost(LONGEST).dontCatchUncaughtExceptions();
    }

    /** The topics exist once the stream has started. */
    private Audit awaitOutcomes(int atLeast) {
        Audit audit =
                patiently()
                        .ignoreExceptions()
                        .until(
                                () -> new Audit(broker.bootstrapServers(), registry.url()),
                                opened -> true);
        patiently().until(() -> audit.read() >= atLeast);
        return audit;
    }

    private AppConfig config(String name) throws Exception {
        return InstanceProgram.config(
                broker.bootstrapServers(), registry.url(), release, work.resolve(name));
    }
}
