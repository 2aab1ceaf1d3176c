// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.release.ReleaseId;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.standalone.chaos.NumberedFeed;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Decisions of an operator, from the command to the results of a running stream. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DecisionsOnBrokerTest {

    private static final Path SHIPPED = Path.of("../release").toAbsolutePath().normalize();
    private static final Pattern HOLDS_FROM = Pattern.compile("images from (\\S+) on");

    @TempDir private Path work;

    private EmbeddedRegistry registry;
    private EmbeddedBroker broker;
    private final List<ImageAnnotated> results = new ArrayList<>();

    @BeforeEach
    void startBroker() throws Exception {
        registry = EmbeddedRegistry.start(RegistryHome.located(), work);
        broker = EmbeddedBroker.start(work.resolve("broker"));
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.close();
        registry.close();
    }

    @Test
    void answersImagesFromThePointOfChangeOnWithTheAnnouncedReleaseAndBack() throws Exception {
        // Given
        ReleaseId first = TinyRelease.write(work.resolve("releases/first"), "first");
        ReleaseId second = TinyRelease.write(work.resolve("releases/second"), "second");
        try (Running running = new Running(work.resolve("releases/first"))) {
            running.awaitResults(5);

            // When
            Instant change = announce("second");
            running.awaitResultsOf(second.value());
            Instant back = announce("first");
            running.awaitResultAfter(back);

            // Then
            assertThat(results)
                    .allSatisfy(
                            result -> {
                                Instant time = result.getIngestedAt();
                                boolean new_ = !time.isBefore(change) && time.isBefore(back);
                                assertThat(result.getReleaseId())
                                        .isEqualTo((new_ ? second : first).value());
                            });
        }
    }

    @Test
    void keepsTheOldReleaseServingWhenTheAnnouncedOneIsDamaged() throws Exception {
        // Given
        ReleaseId first = TinyRelease.write(work.resolve("releases/first"), "first");
        TinyRelease.write(work.resolve("releases/second"), "second");
        try (Running running = new Running(work.resolve("releases/first"))) {
            running.awaitResults(5);

            // When
            Instant change = announce("second", "--location", "file:///nowhere/second");
            running.awaitResultAfter(change);

            // Then
            assertThat(results)
                    .allSatisfy(r -> assertThat(r.getReleaseId()).isEqualTo(first.value()));
            assertThat(running.metrics())
                    .contains("cytolog_release_refused 1.0")
                    .contains("cytolog_release_misplaced_images_total{reason=\"late\"} 0.0");
        }
    }

    @Test
    void answersWithEditedSentencesAndTheirBankVersion() throws Exception {
        // Given
        try (Running running = new Running(SHIPPED)) {
            running.awaitResults(5);
            String own = results.getFirst().getBankVersion();

            // When
            Run refused =
                    sentence("add", "--id", "x-1", "--text", "A cell", "--finding", "nothing");
            Instant change =
                    holdsFrom(
                            sentence(
                                    "add",
                                    "--id",
                                    "x-1",
                                    "--text",
                                    "A plain violet square without any nucleus at all.",
                                    "--finding",
                                    "lymphocyte"));
            running.awaitResultAfter(change);

            // Then
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors()).singleElement().asString().contains("finding nothing");
            ImageAnnotated last = lastIngested();
            String edited = last.getBankVersion();
            assertThat(edited).startsWith(own + "+");
            assertThat(results)
                    .allSatisfy(
                            result ->
                                    assertThat(result.getBankVersion())
                                            .isEqualTo(
                                                    result.getIngestedAt().isBefore(change)
                                                            ? own
                                                            : edited));
            assertThat(last.getResultId()).isNotEqualTo(results.getFirst().getResultId());
            assertThat(sentence("list").output())
                    .anyMatch(line -> line.startsWith("x-1\tlymphocyte\tA plain violet"))
                    .endsWith("bank " + edited);
        }
    }

    /** Results are read a partition after the other: the last one read may be older. */
    private ImageAnnotated lastIngested() {
        return results.stream()
                .max(Comparator.comparing(ImageAnnotated::getIngestedAt))
                .orElseThrow();
    }

    private Instant announce(String release, String... more) {
        List<Object> arguments =
                new ArrayList<>(
                        List.of(
                                "release",
                                "announce",
                                "--release",
                                work.resolve("releases").resolve(release),
                                "--effective-at",
                                Instant.EPOCH));
        arguments.addAll(List.of(more));
        return holdsFrom(run(arguments));
    }

    private Run sentence(String... arguments) {
        List<Object> all = new ArrayList<>(List.of("sentence"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--release", SHIPPED));
        return run(all);
    }

    private Run run(List<Object> arguments) {
        arguments.addAll(
                List.of(
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--registry",
                        registry.url()));
        return Run.of(arguments.toArray());
    }

    private static Instant holdsFrom(Run run) {
        assertThat(run.errors()).isEmpty();
        Matcher matcher = HOLDS_FROM.matcher(String.join("\n", run.output()));
        assertThat(matcher.find()).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }

    /** A stream with a feed before it and a reader behind it. */
    private final class Running implements AutoCloseable {

        private final Wiring stream;
        private final NumberedFeed feed;
        private final CompletableFuture<Void> publishing;
        private final EventSerdes serdes = new EventSerdes(registry.url());
        private final KafkaConsumer<byte[], byte[]> reader;

        Running(Path release) throws Exception {
            AppConfig config =
                    ConfigReader.ofDefaults()
                            .with("kafka.bootstrap-servers", broker.bootstrapServers())
                            .with("registry.url", registry.url())
                            .with("release.path", release.toString())
                            .with("release.roots", "[\"" + work.resolve("releases") + "\"]")
                            .with("streams.state-dir", work.resolve("state").toString())
                            .with("inference.threads", "1")
                            .with("console.port", "0")
                            .read();
            Files.createDirectories(work.resolve("releases"));
            stream = Wiring.of(config, Parts.of(config));
            stream.start();
            feed = new NumberedFeed(broker.bootstrapServers(), registry.url());
            publishing = CompletableFuture.runAsync(() -> feed.publish(Integer.MAX_VALUE, 20));
            reader = reader();
        }

        private KafkaConsumer<byte[], byte[]> reader() {
            var consumer =
                    new KafkaConsumer<byte[], byte[]>(
                            Map.of(
                                    "bootstrap.servers", broker.bootstrapServers(),
                                    "isolation.level", "read_committed",
                                    "auto.offset.reset", "earliest"),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
            var partitions =
                    consumer.partitionsFor(Topics.IMAGES_ANNOTATED.name()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer;
        }

        private void read() {
            reader.poll(Duration.ofMillis(100))
                    .forEach(
                            record ->
                                    results.add(
                                            serdes.deserializer(Topics.IMAGES_ANNOTATED)
                                                    .deserialize(record.topic(), record.value())));
        }

        void awaitResults(int count) {
            patiently()
                    .until(
                            () -> {
                                read();
                                return results.size() >= count;
                            });
        }

        void awaitResultsOf(String release) {
            patiently()
                    .until(
                            () -> {
                                read();
                                return results.stream()
                                                .filter(r -> r.getReleaseId().equals(release))
                                                .count()
                                        > 5;
                            });
        }

        void awaitResultAfter(Instant change) {
            patiently()
                    .until(
                            () -> {
                                read();
                                return results.stream()
                                                .filter(r -> !r.getIngestedAt().isBefore(change))
                                                .count()
                                        > 5;
                            });
        }

        String metrics() throws IOException, InterruptedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                return http.send(
                                HttpRequest.newBuilder(stream.page().resolve("/metrics")).build(),
                                BodyHandlers.ofString())
                        .body();
            }
        }

        @Override
        public void close() {
            feed.stop();
            publishing.join();
            feed.close();
            reader.close();
            serdes.close();
            stream.close();
        }
    }
}
