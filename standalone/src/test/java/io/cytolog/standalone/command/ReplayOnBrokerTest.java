// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.image.ImageBytes;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.Pictures;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.standalone.chaos.NumberedFeed;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.topic.Topics;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dead letters and results of a running stream, through the commands. One stream for all tests,
 * which tell one story and so have an order.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayOnBrokerTest {

    private static final int IMAGES = 40;
    private static final int BAD = 4;

    /** All of the feed but one whose two images are both bad, and that of the claim check. */
    private static final int SLIDES = NumberedFeed.SLIDES;

    private static final String SLIDE = "slide-of-a-claim-check";

    @TempDir private static Path work;

    private static EmbeddedRegistry registry;
    private static EmbeddedBroker broker;
    private static EventSerdes serdes;
    private static Cluster cluster;
    private static Wiring stream;
    private static Path large;
    private static Path settings;

    @BeforeAll
    static void playFeed() throws Exception {
        registry = EmbeddedRegistry.start(RegistryHome.located(), work);
        broker = EmbeddedBroker.start(work.resolve("broker"));
        serdes = new EventSerdes(registry.url());
        TinyRelease.write(work.resolve("release"));
        Path roots = Files.createDirectories(work.resolve("images"));
        large = roots.resolve("large.png");
        AppConfig config =
                ConfigReader.ofDefaults()
                        .with("kafka.bootstrap-servers", broker.bootstrapServers())
                        .with("registry.url", registry.url())
                        .with("release.path", work.resolve("release").toString())
                        .with("streams.state-dir", work.resolve("state").toString())
                        .with("claim-check.roots", "[" + roots + "]")
                        .with("console.port", "0")
                        .read();
        cluster = new Cluster(config);
        settings =
                Files.writeString(
                        work.resolve("claims.yaml"),
                        "claim-check:\n  roots: [%s]\n".formatted(roots));
        stream = Wiring.of(config, Parts.of(config));
        stream.start();
        try (NumberedFeed feed = new NumberedFeed(broker.bootstrapServers(), registry.url())) {
            feed.publish(IMAGES, 200);
        }
        publish(Topics.IMAGES_CAPTURED.name(), SLIDE, captured());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> results().size() == IMAGES - BAD && letters() == BAD + 1);
    }

    @AfterAll
    static void stop() throws Exception {
        stream.close();
        serdes.close();
        broker.close();
        registry.close();
    }

    @Test
    @Order(1)
    void listsAndShowsWhatWasTurnedAway() {
        // When
        Run all = run("rejected", "list");
        Run some = run("rejected", "list", "--reason", "content_unavailable", "--json");
        Run none = run("rejected", "list", "--until", "2020-01-01T00:00:00Z");

        // Then
        assertThat(all.output()).last().asString().isEqualTo("5 dead letters");
        assertThat(some.output()).singleElement().asString().contains(SLIDE, "large.png");
        assertThat(none.output()).last().asString().isEqualTo("0 dead letters");
        Run shown = run("rejected", "show", position(some));
        assertThat(shown.exitCode()).isZero();
        assertThat(String.join("\n", shown.output()))
                .contains("CONTENT_UNAVAILABLE", "is missing or closed", "contentUri");
    }

    @Test
    @Order(2)
    void savesTheOriginalOfOneThatWasNoImage() throws Exception {
        // Given
        Path saved = work.resolve("saved.bin");
        Run list = run("rejected", "list", "--reason", "NOT_AN_IMAGE", "--json", "--limit", "1");

        // When
        Run shown = run("rejected", "show", position(list), "--save", saved);

        // Then
        assertThat(shown.exitCode()).isZero();
        assertThat(Files.readString(saved)).isEqualTo("not an image");
    }

    @Test
    @Order(3)
    void replaysOnceWhenTheCauseIsMended() throws Exception {
        // Given: nobody can be asked, and a dry run changes nothing.
        Object[] replay = {"rejected", "replay", "--slide", SLIDE};
        assertThat(run(replay).exitCode()).isEqualTo(Cytolog.INVALID);
        assertThat(run("rejected", "replay", "--slide", SLIDE, "--dry-run").output())
                .singleElement()
                .asString()
                .startsWith("would replay 1 ");
        Files.write(large, picture());

        // When
        Run first = run("rejected", "replay", "--slide", SLIDE, "--yes");
        await().atMost(Duration.ofSeconds(30)).until(() -> results().size() == IMAGES - BAD + 1);
        Run second = run("rejected", "replay", "--slide", SLIDE, "--yes");

        // Then
        assertThat(first.output()).singleElement().asString().startsWith("replayed 1 ");
        assertThat(second.output())
                .singleElement()
                .asString()
                .startsWith("replayed 0 ")
                .contains("passed over 1 replayed before");
        ImageAnnotated result =
                results().stream()
                        .filter(r -> r.getOrigin().getSlide().equals(SLIDE))
                        .findFirst()
                        .orElseThrow();
        assertThat(result.getReplayOf()).isNotNull();
        assertThat(result.getReplayOf().getOffset()).isLessThan(result.getSource().getOffset());
        assertThat(result.getOrigin().getAccession()).isEqualTo("A-7");
    }

    @Test
    @Order(4)
    void makesEveryResultAgainAndFindsItIdentical() {
        // When
        Run run =
                run(
                        "verify-replay",
                        "--config",
                        settings,
                        "--release-dir",
                        work.resolve("release"));

        // Then
        assertThat(run.output())
                .last()
                .asString()
                .startsWith(
                        "%d results: %d identical".formatted(IMAGES - BAD + 1, IMAGES - BAD + 1));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    @Order(5)
    void tellsWhichReleaseProducedASlide() {
        // When
        Run ofSlide = run("which-release", "--slide", "slide-1", "--json");
        String id = stream.release().orElseThrow().id().value();
        Run ofRelease = run("which-release", "--release", id.substring(0, 8));

        // Then
        assertThat(ofSlide.output()).singleElement().asString().contains(id, "tiny-1");
        assertThat(ofRelease.output()).filteredOn(line -> line.contains("slide")).hasSize(SLIDES);
        assertThat(run("which-release").exitCode()).isEqualTo(Cytolog.INVALID);
    }

    @Test
    @Order(6)
    void exportsReviewedCells() throws Exception {
        // Given: one cell reclassified, one slide rejected after it had been too
        Path out = work.resolve("reviewed");
        ImageAnnotated result = ofSlide("slide-1");
        ImageAnnotated other = ofSlide("slide-2");
        assertThat(run("reviews", "decide", "--slide", "slide-1").exitCode())
                .isEqualTo(Cytolog.INVALID);
        decide("slide-1", "--reclassify", result.getResultId() + ":0=monocyte");
        decide("slide-1", "--reclassify", result.getResultId() + ":0=blast");
        decide("slide-2", "--reclassify", other.getResultId() + ":0=blast");
        decide("slide-2", "--reject");

        // When
        Run run = run("reviews", "export", "--out", out, "--config", settings);
        Run again = run("reviews", "export", "--out", out, "--config", settings);

        // Then
        assertThat(run.output()).last().asString().startsWith("1 cells of 1 slides by 4 decisions");
        assertThat(again.output()).isEqualTo(run.output());
        String line = Files.readString(out.resolve("reviewed.jsonl"));
        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .contains(
                        "\"finding\":\"blast\"",
                        result.getResultId(),
                        "\"reviewer\":\"dr-test\"",
                        "\"slide\":\"slide-1\"");
        String path = line.replaceAll(".*\"path\":\"([^\"]+)\".*", "$1").strip();
        assertThat(ImageBytes.wrap(Files.readAllBytes(out.resolve(path))).sha256())
                .isEqualTo(result.getImageSha256());
    }

    private static void decide(String slide, String... what) {
        List<Object> all = new ArrayList<>(List.of("reviews", "decide", "--slide", slide));
        all.addAll(List.of(what));
        all.addAll(List.of("--by", "dr-test"));
        assertThat(run(all.toArray()).exitCode()).isZero();
    }

    private static ImageAnnotated ofSlide(String slide) {
        return results().stream()
                .filter(r -> r.getOrigin().getSlide().equals(slide))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(7)
    void noticesAResultThatIsNotWhatTheReleaseSays() throws Exception {
        // Given
        ImageAnnotated right = results().getFirst();
        AnnotatedCell cell = right.getCells().getFirst();
        Instant before = right.getEmittedAt();
        ImageAnnotated doctored =
                ImageAnnotated.newBuilder(right)
                        .setCells(
                                List.of(AnnotatedCell.newBuilder(cell).setFinding("mast").build()))
                        .build();
        publish(Topics.IMAGES_ANNOTATED.name(), "slide-1", doctored);

        // When
        Run run =
                run(
                        "verify-replay",
                        "--from",
                        before.minusSeconds(600),
                        "--config",
                        settings,
                        "--release-dir",
                        work.resolve("release"));
        Run elsewhere = run("verify-replay", "--slide", "slide-1");

        // Then
        assertThat(run.exitCode()).isEqualTo(Cytolog.FAILED);
        assertThat(String.join("\n", run.output()))
                .contains("different", "finding was mast", "1 different, 0 not re-makable");
        assertThat(String.join("\n", elsewhere.output())).contains("is not at hand");
    }

    private static Run run(Object... args) {
        List<Object> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of(
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--registry",
                        registry.url()));
        return Run.of(all.toArray());
    }

    private static String position(Run json) {
        String line = json.output().getFirst();
        return line.replaceAll(".*\"position\":\"([^\"]+)\".*", "$1");
    }

    private static List<ImageAnnotated> results() {
        var reader = serdes.deserializer(Topics.IMAGES_ANNOTATED);
        List<ImageAnnotated> results = new ArrayList<>();
        try (TopicScan scan =
                TopicScan.of(cluster, Topics.IMAGES_ANNOTATED, new TimeRange(null, null))) {
            scan.<RuntimeException>forEach(
                    record -> results.add(reader.deserialize(record.topic(), record.value())),
                    done -> {});
        }
        return results;
    }

    private static int letters() {
        int[] count = {0};
        try (TopicScan scan =
                TopicScan.of(cluster, Topics.IMAGES_REJECTED, new TimeRange(null, null))) {
            scan.<RuntimeException>forEach(record -> count[0]++, done -> {});
        }
        return count[0];
    }

    private static <V extends SpecificRecord> void publish(String topic, String key, V value)
            throws Exception {
        byte[] bytes =
                value instanceof ImageCaptured captured
                        ? serdes.serializer(Topics.IMAGES_CAPTURED).serialize(topic, captured)
                        : serdes.serializer(Topics.IMAGES_ANNOTATED)
                                .serialize(topic, (ImageAnnotated) value);
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, bytes)).get();
        }
    }

    private static ImageCaptured captured() throws Exception {
        byte[] file = picture();
        return ImageCaptured.newBuilder()
                .setImageId("large")
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-7")
                                .setSpecimen("S-7")
                                .setSlide(SLIDE)
                                .setCapturedAt(Instant.EPOCH)
                                .build())
                .setKind(ImageKind.CELL)
                .setSourceName("large.png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContentUri(large.toUri().toString())
                .build();
    }

    private static byte[] picture() throws Exception {
        Path file = work.resolve("cell.png");
        Pictures.cell(file, Color.MAGENTA);
        return Files.readAllBytes(file);
    }
}
