// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.barrier;

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
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Whether every image has exactly one outcome, in order, whatever happens to the processes that
 * work on it; seen by a read-committed consumer on a real broker. Each test has a broker of its
 * own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommitBarrierTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

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
    void losesAndRepeatsNothingWhenProcessesAreKilled() throws Exception {
        // Given: two processes share the work.
        int images = 2_400;
        Process one = spawn("one");
        Process other = spawn("other");
        try (ScannerFeed feed = new ScannerFeed(broker.bootstrapServers(), registry.url())) {
            CompletableFuture<Void> publishing = publish(feed, images, 100);
            try (CommittedOutcomes outcomes = awaitOutcomes(100)) {

                // When: each is killed under load, one of them twice.
                one.destroyForcibly().waitFor();
                one = spawn("one");
                patiently().until(() -> outcomes.read() > 700);
                other.destroyForcibly().waitFor();
                other = spawn("other");
                patiently().until(() -> outcomes.read() > 1_400);
                one.destroyForcibly().waitFor();
                one = spawn("one");
                publishing.join();

                // Then
                patiently().until(() -> outcomes.read() >= images);
                readOn(outcomes);
                outcomes.assertEachOnceInOrder(images);
            }
        } finally {
            one.destroyForcibly().waitFor();
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void losesAndRepeatsNothingWhenTheSessionFails() throws Exception {
        // Given: a session that fails in one run of twenty, three times over.
        int images = 1_500;
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        Runnable failing =
                () -> {
                    if (runs.incrementAndGet() % 20 == 0 && failures.get() < 3) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("the session is gone");
                    }
                };
        AppConfig config = config("one");
        try (Wiring stream = Wiring.of(config, StreamToKill.parts(config, failing));
                ScannerFeed feed = new ScannerFeed(broker.bootstrapServers(), registry.url())) {
            stream.start();

            // When
            CompletableFuture<Void> publishing = publish(feed, images, 150);
            try (CommittedOutcomes outcomes = awaitOutcomes(1)) {
                patiently().until(() -> outcomes.read() >= images);
                publishing.join();

                // Then
                readOn(outcomes);
                assertThat(failures).hasValue(3);
                outcomes.assertEachOnceInOrder(images);
            }
        }
    }

    @Test
    void losesAndRepeatsNothingWhenAnInstanceJoinsAndLeaves() throws Exception {
        // Given
        int images = 1_500;
        AppConfig first = config("one");
        AppConfig second = config("other");
        try (Wiring stream = Wiring.of(first, StreamToKill.parts(first, () -> {}));
                ScannerFeed feed = new ScannerFeed(broker.bootstrapServers(), registry.url())) {
            stream.start();
            CompletableFuture<Void> publishing = publish(feed, images, 100);
            try (CommittedOutcomes outcomes = awaitOutcomes(100)) {

                // When
                try (Wiring joining = Wiring.of(second, StreamToKill.parts(second, () -> {}))) {
                    joining.start();
                    assertThat(joining.awaitRunning(Duration.ofSeconds(60))).isTrue();
                    patiently().until(() -> outcomes.read() > 700);
                }
                publishing.join();

                // Then
                patiently().until(() -> outcomes.read() >= images);
                readOn(outcomes);
                outcomes.assertEachOnceInOrder(images);
                assertSummaries(images);
            }
        }
    }

    /** The same picture has the same result id, so each slide counts it once. */
    private void assertSummaries(int images) {
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
                                return last.size() == 24;
                            });
            assertThat(last.values()).allMatch(summary -> summary.getImages() == 1);
        }
    }

    private CompletableFuture<Void> publish(ScannerFeed feed, int images, int perSecond) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        feed.publish(0, images, perSecond);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Stream threads that die are what is tested; their exceptions are not the test's. */
    private static ConditionFactory patiently() {
        return await().atMost(LONGEST).dontCatchUncaughtExceptions();
    }

    /** The topics exist once the stream has started. */
    private CommittedOutcomes awaitOutcomes(int atLeast) {
        CommittedOutcomes outcomes =
                patiently()
                        .ignoreExceptions()
                        .until(
                                () ->
                                        new CommittedOutcomes(
                                                broker.bootstrapServers(), registry.url()),
                                opened -> true);
        patiently().until(() -> outcomes.read() >= atLeast);
        return outcomes;
    }

    /** Two commit intervals and more, so that a repetition would have shown. */
    private static void readOn(CommittedOutcomes outcomes) {
        for (int i = 0; i < 10; i++) {
            outcomes.read();
        }
    }

    private AppConfig config(String name) throws Exception {
        return StreamToKill.config(
                broker.bootstrapServers(), registry.url(), release, work.resolve(name));
    }

    private Process spawn(String name) throws Exception {
        File log = new File("target", "stream-" + name + ".log");
        ProcessBuilder process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "--enable-native-access=ALL-UNNAMED",
                                StreamToKill.class.getName(),
                                broker.bootstrapServers(),
                                registry.url(),
                                release.toString(),
                                work.resolve(name).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.start();
    }
}
