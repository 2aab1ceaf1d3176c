// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.content.ContentFetcher;
import io.cytolog.content.FileContent;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.serving.ColourRelease;
import io.cytolog.serving.ServedRelease;
import io.cytolog.serving.Serving;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routing, times and keys through the real topology, batcher and pools. The driver commits after
 * each record, so it shows nothing of batches across commits, restarts or partitions.
 */
@Timeout(60)
class CytologTopologyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant RECORDED = Instant.parse("2026-03-01T11:00:00Z");
    private static final byte[] RED = Captures.png(Color.RED, 64);
    private static final byte[] BLUE = Captures.png(Color.BLUE, 64);
    private static final byte[] GREEN = Captures.png(Color.GREEN, 64);

    @TempDir private Path folder;

    private final StreamTopics topics = StreamTopics.named("lab.");
    private final EventSerdes serdes =
            new EventSerdes(
                    new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())),
                    Registration.AUTOMATIC);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private volatile boolean sessionFails;

    private ServedRelease release;
    private ImageIntake intake;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> captured;
    private TestOutputTopic<String, ImageAnnotated> annotated;
    private TestOutputTopic<String, ImageRejected> rejected;
    private TestOutputTopic<String, SlideSummarised> summarised;

    @BeforeEach
    void start() {
        release =
                ServedRelease.start(
                        ColourRelease.release(),
                        (read, maxBatch) -> annotator(maxBatch),
                        new BatchPolicy(8, Duration.ofMillis(1), 1 << 20, Duration.ofSeconds(2)),
                        new ImageGate(ImageLimits.DEFAULT),
                        field -> List.of(),
                        clock,
                        BatchListener.NONE);
        release.ready().join();
        OutcomeMessages messages = new OutcomeMessages(clock);
        intake =
                new ImageIntake(
                        serdes.readable(topics.captured()).deserializer(),
                        new ContentFetcher(List.of(new FileContent(List.of(folder), 1 << 20))),
                        Serving.of(release),
                        messages,
                        2,
                        new InFlightBound(
                                new InFlightLimits(64L << 20, Duration.ofSeconds(2)),
                                System::nanoTime,
                                bytes -> {}));
        driver =
                new TopologyTestDriver(
                        CytologTopology.of(
                                topics,
                                serdes,
                                intake,
                                messages,
                                new BarrierPolicy(Duration.ofSeconds(5)),
                                FlowListener.NONE),
                        settings());
        captured =
                driver.createInputTopic(
                        topics.captured().name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        annotated =
                driver.createOutputTopic(
                        topics.annotated().name(),
                        new StringDeserializer(),
                        serdes.deserializer(topics.annotated()));
        rejected =
                driver.createOutputTopic(
                        topics.rejected().name(),
                        new StringDeserializer(),
                        serdes.deserializer(topics.rejected()));
        summarised =
                driver.createOutputTopic(
                        topics.summarised().name(),
                        new StringDeserializer(),
                        serdes.deserializer(topics.summarised()));
    }

    @AfterEach
    void stop() {
        driver.close();
        intake.close();
        release.close();
    }

    @Test
    void annotatesAnImageWithItsOrigin() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", RED).build());

        // Then
        TestRecord<String, ImageAnnotated> record = annotated.readRecord();
        assertThat(record.key()).isEqualTo("slide-1");
        assertThat(record.getRecordTime()).isEqualTo(RECORDED);
        assertThat(record.headers().lastHeader("trace").value()).isEqualTo("t-1".getBytes(UTF_8));
        ImageAnnotated result = record.value();
        assertThat(result.getImageId()).isEqualTo("img-1");
        assertThat(result.getSource().getTopic()).isEqualTo("lab.images.captured");
        assertThat(result.getSource().getOffset()).isZero();
        assertThat(result.getReleaseId()).isEqualTo("a".repeat(64));
        assertThat(result.getIngestedAt()).isEqualTo(RECORDED);
        assertThat(result.getInferredAt()).isEqualTo(NOW);
        assertThat(result.getEmittedAt()).isEqualTo(NOW);
        assertThat(result.getCells()).hasSize(1);
        assertThat(result.getCells().getFirst().getFinding()).isEqualTo("red");
        assertThat(result.getCells().getFirst().getSentences().getFirst().getText())
                .isEqualTo("A cell as red as can be.");
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void abstainsFromACellThatFitsNoSentence() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", GREEN).build());

        // Then
        ImageAnnotated result = annotated.readValue();
        assertThat(result.getCells().getFirst().getAbstained()).isTrue();
        assertThat(result.getCells().getFirst().getFinding()).isEqualTo("unidentified");
        assertThat(result.getCells().getFirst().getAbstentionReason()).isEqualTo("low-similarity");
    }

    @Test
    void rejectsUnreadableRecordWithItsBytes() {
        // Given
        byte[] garbage = "not Avro at all".getBytes(UTF_8);

        // When
        captured.pipeInput(record("slide-1", garbage));

        // Then
        TestRecord<String, ImageRejected> record = rejected.readRecord();
        assertThat(record.key()).isEqualTo("slide-1");
        assertThat(record.value().getStage()).isEqualTo(RejectionStage.READ);
        assertThat(record.value().getReason()).isEqualTo(RejectionReason.UNREADABLE_RECORD);
        assertThat(record.value().getOriginalValue()).isEqualTo(ByteBuffer.wrap(garbage));
        assertThat(record.value().getOrigin()).isNull();
        assertThat(annotated.isEmpty()).isTrue();
    }

    @Test
    void rejectsTombstone() {
        // When
        captured.pipeInput(record("slide-1", null));

        // Then
        assertThat(rejected.readValue().getReason()).isEqualTo(RejectionReason.UNREADABLE_RECORD);
    }

    @Test
    void rejectsImageOfAnotherDigestSoThatItCanBeReplayed() {
        // Given
        byte[] value =
                bytes(Captures.of("img-1", "slide-1", RED).setSha256("0".repeat(64)).build());

        // When
        captured.pipeInput(record("slide-1", value));

        // Then
        ImageRejected rejection = rejected.readValue();
        assertThat(rejection.getStage()).isEqualTo(RejectionStage.GATE);
        assertThat(rejection.getReason()).isEqualTo(RejectionReason.DIGEST_MISMATCH);
        assertThat(rejection.getImageId()).isEqualTo("img-1");
        assertThat(rejection.getOriginalValue()).isEqualTo(ByteBuffer.wrap(value));
        assertThat(rejection.getRejectedAt()).isEqualTo(NOW);
    }

    @Test
    void rejectsRecordWithoutContent() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", RED).setContent(null).build());

        // Then
        assertThat(rejected.readValue().getReason()).isEqualTo(RejectionReason.NO_CONTENT);
    }

    @Test
    void rejectsImageOfAnotherLengthThanStated() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", RED).setSizeBytes(7).build());

        // Then
        assertThat(rejected.readValue().getReason()).isEqualTo(RejectionReason.SIZE_MISMATCH);
    }

    @Test
    void goesOnBehindABadImage() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", new byte[] {1, 2, 3}).build());
        pipe("slide-1", Captures.of("img-2", "slide-1", RED).build());

        // Then
        assertThat(rejected.readValue().getReason()).isEqualTo(RejectionReason.NOT_AN_IMAGE);
        assertThat(annotated.readValue().getImageId()).isEqualTo("img-2");
    }

    @Test
    void redeemsClaimCheckBelowAnAllowedRoot() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("blue.png"), BLUE);

        // When
        pipe("slide-1", claim(file.toUri().toString()));

        // Then
        assertThat(annotated.readValue().getCells().getFirst().getFinding()).isEqualTo("blue");
    }

    @Test
    void turnsAwayClaimChecksThatLeadElsewhere() {
        // When
        pipe("slide-1", claim("file:///etc/hostname"));
        pipe("slide-1", claim(folder.toUri() + "../../etc/hostname"));
        pipe("slide-1", claim("s3://bucket/blue.png"));
        pipe("slide-1", claim(folder.toUri() + "gone.png"));

        // Then
        assertThat(rejected.readValuesToList())
                .allMatch(rejection -> rejection.getStage() == RejectionStage.FETCH)
                .extracting(ImageRejected::getReason)
                .containsExactly(
                        RejectionReason.URI_NOT_ALLOWED,
                        RejectionReason.URI_NOT_ALLOWED,
                        RejectionReason.URI_NOT_ALLOWED,
                        RejectionReason.CONTENT_UNAVAILABLE);
    }

    @Test
    void answersImageWithoutKeyUnderTheSlideItNames() {
        // When
        pipe(null, Captures.of("img-1", "slide-9", RED).build());

        // Then
        TestRecord<String, ImageAnnotated> record = annotated.readRecord();
        assertThat(record.key()).isEqualTo("slide-9");
        assertThat(summarised.readKeyValue().key).isEqualTo("slide-9");
    }

    @Test
    void answersImageThatNamesNoSlideWithoutASummary() {
        // When
        pipe(null, Captures.of("img-1", "", RED).build());

        // Then
        assertThat(annotated.readRecord().key()).isNull();
        assertThat(summarised.isEmpty()).isTrue();
    }

    @Test
    void summarisesASlideAndCountsAnImageOnce() {
        // When
        pipe("slide-1", Captures.of("img-1", "slide-1", RED).build());
        pipe("slide-1", Captures.of("img-2", "slide-1", BLUE).build());
        pipe("slide-1", Captures.of("img-1", "slide-1", RED).build());
        pipe("slide-1", Captures.of("img-3", "slide-1", GREEN).build());

        // Then
        List<SlideSummarised> revisions = summarised.readValuesToList();
        assertThat(revisions)
                .extracting(SlideSummarised::getRevision)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(revisions.getFirst().getSupersedes()).isNull();
        SlideSummarised last = revisions.getLast();
        assertThat(last.getSupersedes()).isEqualTo(3);
        assertThat(last.getStatus()).isEqualTo(SlideStatus.PRELIMINARY);
        assertThat(last.getAccession()).isEqualTo("A-26-0001");
        assertThat(last.getImages()).isEqualTo(3);
        assertThat(last.getCells()).isEqualTo(3);
        assertThat(last.getAbstained()).isEqualTo(1);
        assertThat(last.getReviewRequired()).isEqualTo(1);
        assertThat(last.getFindings())
                .extracting(count -> count.getFinding() + " " + count.getCells())
                .containsExactly("blue 1", "red 1");
        assertThat(last.getReleaseIds()).containsExactly("a".repeat(64));
        assertThat(last.getFirstCapturedAt()).isEqualTo(Captures.CAPTURED);
    }

    @Test
    void stopsTheTaskWhenTheSessionFails() {
        // Given
        sessionFails = true;
        byte[] value = bytes(Captures.of("img-1", "slide-1", RED).build());

        // Then: ours to mend, so no dead letter.
        assertThatThrownBy(() -> captured.pipeInput(record("slide-1", value)))
                .hasRootCauseMessage("the session is gone");
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(annotated.isEmpty()).isTrue();
    }

    private CellAnnotator annotator(int maxBatch) {
        CellAnnotator colours = ColourRelease.annotator(maxBatch);
        return new CellAnnotator() {
            @Override
            public int maxBatch() {
                return colours.maxBatch();
            }

            @Override
            public List<CellAnnotation> annotate(List<CellPixels> cells) {
                if (sessionFails) {
                    throw new IllegalStateException("the session is gone");
                }
                return colours.annotate(cells);
            }

            @Override
            public void close() {
                colours.close();
            }
        };
    }

    private ImageCaptured claim(String uri) {
        return Captures.of("img-1", "slide-1", BLUE).setContent(null).setContentUri(uri).build();
    }

    private void pipe(String key, ImageCaptured image) {
        captured.pipeInput(record(key, bytes(image)));
    }

    private byte[] bytes(ImageCaptured image) {
        return serdes.serializer(topics.captured()).serialize(topics.captured().name(), image);
    }

    private static TestRecord<byte[], byte[]> record(String key, byte[] value) {
        var record = new TestRecord<>(key == null ? null : key.getBytes(UTF_8), value, RECORDED);
        record.headers().add("trace", "t-1".getBytes(UTF_8));
        return record;
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "topology-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        return settings;
    }
}
