// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.Priority;
import io.cytolog.serde.AvroSerde;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder source from files to records, over restarts, with Connect and the clock faked. */
class FolderSourceTaskTest {
    private static final Instant TAKEN = Instant.parse("2026-03-01T10:15:30.250Z");

    @TempDir Path root;

    private final AvroSerde<ImageCaptured> serde =
            new EventSerdes(new MockSchemaRegistryClient(), Registration.AUTOMATIC)
                    .serde(Topics.IMAGES_CAPTURED);
    private final FakeConnect connect = new FakeConnect();
    private final Map<String, String> settings = new HashMap<>();
    private long now;

    @Test
    void publishesASettledImageWithItsOrigin() throws Exception {
        // Given
        write("ACC/SP/S1/f1.JPG", "pixels");
        FolderSourceTask task = started();
        // When
        List<SourceRecord> records = settled(task);
        // Then
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().topic()).isEqualTo("images.captured");
        assertThat(new String((byte[]) records.getFirst().key(), StandardCharsets.UTF_8))
                .isEqualTo("S1");
        ImageCaptured image = image(records.getFirst());
        assertThat(image.getOrigin().getAccession()).isEqualTo("ACC");
        assertThat(image.getOrigin().getSpecimen()).isEqualTo("SP");
        assertThat(image.getOrigin().getSlide()).isEqualTo("S1");
        assertThat(image.getOrigin().getCapturedAt()).isEqualTo(TAKEN);
        assertThat(image.getOrigin().getPriority()).isEqualTo(Priority.ROUTINE);
        assertThat(image.getKind()).isEqualTo(ImageKind.AUTO);
        assertThat(image.getSourceName()).isEqualTo("f1.JPG");
        assertThat(StandardCharsets.UTF_8.decode(image.getContent()).toString())
                .isEqualTo("pixels");
        assertThat(image.getContentUri()).isNull();
        assertThat(image.getSha256()).isEqualTo(sha256("pixels"));
        assertThat(image.getSizeBytes()).isEqualTo(6);
        assertThat(image.getImageId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-.*");
    }

    @Test
    void holdsAFileBackUntilItHasSettled() throws Exception {
        // Given
        write("S1/a.png", "half");
        FolderSourceTask task = started();
        // When, Then
        assertThat(poll(task)).isEmpty();
        now += Duration.ofMillis(300).toNanos();
        write("S1/a.png", "half and the rest");
        assertThat(poll(task)).isEmpty();
        now += Duration.ofMillis(300).toNanos();
        assertThat(poll(task)).isEmpty();
        now += Duration.ofMillis(300).toNanos();
        assertThat(poll(task)).singleElement().satisfies(r -> assertThat(size(r)).isEqualTo(17));
    }

    @Test
    void neitherLosesNorRepeatsAFileOverARestart() throws Exception {
        // Given
        write("S1/a.png", "a");
        write("S1/b.png", "b");
        FolderSourceTask first = started();
        connect.acknowledge(settled(first));
        first.stop();
        // While it is down: one new file, one that keeps an old time, one rewritten
        write("S1/c.png", "c");
        write("S1/0.png", "0");
        Files.setLastModifiedTime(
                root.resolve("S1/0.png"), FileTime.from(TAKEN.minus(Duration.ofDays(300))));
        write("S1/b.png", "b changed");
        // When
        List<SourceRecord> records = settled(started());
        // Then
        assertThat(names(records)).containsExactly("0.png", "b.png", "c.png");
    }

    @Test
    void publishesAgainWhatWasNeverAcknowledged() throws Exception {
        // Given
        for (String name : List.of("a.png", "b.png", "c.png")) {
            write("S1/" + name, name);
        }
        FolderSourceTask first = started();
        List<SourceRecord> records = settled(first);
        // When the worker dies after two of three
        connect.acknowledge(records.subList(0, 2));
        List<SourceRecord> again = settled(started());
        // Then
        assertThat(names(records)).containsExactly("a.png", "b.png", "c.png");
        assertThat(names(again)).containsExactly("c.png");
        assertThat(image(again.getFirst())).isEqualTo(image(records.get(2)));
    }

    @Test
    void doesNotRepeatAFileThatWasOnlyTouched() throws Exception {
        // Given
        write("S1/a.png", "a");
        FolderSourceTask task = started();
        settled(task);
        // When
        Files.setLastModifiedTime(root.resolve("S1/a.png"), FileTime.from(TAKEN.plusSeconds(60)));
        // Then
        assertThat(settled(task)).isEmpty();
    }

    @Test
    void sendsALargeFileAsAClaimCheck() throws Exception {
        // Given
        settings.put("max.inline.bytes", "10");
        settings.put("max.file.bytes", "15");
        write("S1/a b.png", "eleven byte");
        write("S1/huge.png", "longer than sixteen");
        FolderSourceTask task = started();
        // When
        List<SourceRecord> records = settled(task);
        // Then
        assertThat(records).hasSize(2);
        ImageCaptured image = image(records.getFirst());
        assertThat(image.getContent()).isNull();
        assertThat(Path.of(URI.create(image.getContentUri())))
                .isEqualTo(root.toRealPath().resolve("S1/a b.png"));
        assertThat(image.getSha256()).isEqualTo(sha256("eleven byte"));
        assertThat(image(records.getLast()).getContent()).isNull();
        assertThat(image(records.getLast()).getSizeBytes()).isEqualTo(19);
        assertThat(task.counters().claimChecks.sum()).isEqualTo(2);
    }

    @Test
    void publishesAnEmptyFileForTheGateToReject() throws Exception {
        // Given
        write("S1/empty.png", "");
        // When
        List<SourceRecord> records = settled(started());
        // Then
        assertThat(image(records.getFirst()).getSizeBytes()).isZero();
        assertThat(image(records.getFirst()).getContent().remaining()).isZero();
    }

    @Test
    void passesOverWhatIsHiddenUnfinishedLinkedOrNoImage() throws Exception {
        // Given
        Path outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("secret.png"), "secret");
        write("S1/good.tiff", "good");
        write("S1/.hidden.png", "x");
        write(".thumbs/a.png", "x");
        write("S1/a.png.part", "x");
        write("S1/truth.csv", "x");
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createSymbolicLink(root.resolve("S1/link.png"), outside.resolve("secret.png"));
        // When
        List<SourceRecord> records = settled(started());
        // Then
        assertThat(names(records)).containsExactly("good.tiff");
    }

    @Test
    void takesAMarkedFolderFirst() throws Exception {
        // Given
        write("A/S1/a.png", "a");
        write("B/priority=STAT", "");
        write("B/S2/b.png", "b");
        // When
        List<SourceRecord> records = settled(started());
        // Then
        assertThat(names(records)).containsExactly("b.png", "a.png");
        assertThat(image(records.getFirst()).getOrigin().getPriority()).isEqualTo(Priority.STAT);
    }

    @Test
    void boundsABatchByFilesAndByBytes() throws Exception {
        // Given
        settings.put("max.poll.files", "3");
        settings.put("max.poll.bytes", "15");
        for (int i = 0; i < 5; i++) {
            write("S1/%d.png".formatted(i), i < 3 ? "x" : "ten bytes!");
        }
        FolderSourceTask task = started();
        // When, Then
        assertThat(settled(task)).hasSize(3);
        assertThat(poll(task)).hasSize(2);
        assertThat(poll(task)).isEmpty();
    }

    @Test
    void triesAnUnreadableFileAgainLater() throws Exception {
        // Given
        Path file = write("S1/a.png", "a");
        write("S1/b.png", "b");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads every file").isFalse();
        FolderSourceTask task = started();
        // When
        List<SourceRecord> records = settled(task);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        now += Duration.ofSeconds(2).toNanos();
        // Then
        assertThat(names(records)).containsExactly("b.png");
        assertThat(names(poll(task))).containsExactly("a.png");
        assertThat(task.counters().unreadable.sum()).isEqualTo(1);
    }

    @Test
    void letsAVanishedFileGoAndTakesItWhenItIsBack() throws Exception {
        // Given
        settings.put("max.poll.files", "1");
        write("S1/a.png", "a");
        Path late = write("S1/b.png", "b");
        FolderSourceTask task = started();
        assertThat(names(settled(task))).containsExactly("a.png");
        now -= Duration.ofSeconds(1).toNanos();
        Files.delete(late);
        // When
        assertThat(poll(task)).isEmpty();
        write("S1/b.png", "b");
        now += Duration.ofSeconds(3).toNanos();
        // Then
        assertThat(names(settled(task))).containsExactly("b.png");
        assertThat(task.counters().unreadable.sum()).isZero();
    }

    @Test
    void readsNothingThroughAFolderThatBecameALink() throws Exception {
        // Given
        settings.put("max.poll.files", "1");
        write("S1/a.png", "a");
        Path inside = write("S1/b.png", "b");
        FolderSourceTask task = started();
        assertThat(names(settled(task))).containsExactly("a.png");
        now -= Duration.ofSeconds(1).toNanos();
        Path outside = Files.createTempDirectory("outside");
        Files.move(inside, outside.resolve("b.png"));
        Files.delete(root.resolve("S1/a.png"));
        Files.delete(root.resolve("S1"));
        Files.createSymbolicLink(root.resolve("S1"), outside);
        // When
        List<SourceRecord> records = poll(task);
        // Then
        assertThat(records).isEmpty();
        assertThat(task.counters().unreadable.sum()).isEqualTo(1);
        assertThat(settled(task)).isEmpty();
    }

    @Test
    void keepsAFileForLaterWhileTheRegistryIsAway() throws Exception {
        // Given
        write("S1/a.png", "a");
        AbsentRegistry registry = new AbsentRegistry();
        FolderSourceTask task = new FolderSourceTask(() -> now);
        task.initialize(connect);
        task.start(
                config(),
                new EventSerdes(registry, Registration.AUTOMATIC)
                        .serializer(Topics.IMAGES_CAPTURED));
        // When
        assertThatThrownBy(() -> settled(task)).isInstanceOf(RetriableException.class);
        registry.away = false;
        // Then
        assertThat(poll(task)).hasSize(1);
    }

    @Test
    void goesOnWhenTheFolderIsAwayForAWhile() throws Exception {
        // Given
        write("S1/a.png", "a");
        FolderSourceTask task = started();
        settled(task);
        Path parked = root.resolveSibling(root.getFileName() + "-parked");
        Files.move(root, parked);
        // When
        assertThat(settled(task)).isEmpty();
        Files.move(parked, root);
        write("S1/b.png", "b");
        // Then
        assertThat(names(settled(task))).containsExactly("b.png");
    }

    @Test
    void noticesASlideIdThatTwoCasesShare() throws Exception {
        // Given
        write("ACC1/1/a.png", "a");
        write("ACC2/1/a.png", "b");
        FolderSourceTask task = started();
        // When
        settled(task);
        // Then
        assertThat(task.counters().ambiguousSlides.sum()).isEqualTo(1);
    }

    @Test
    void keepsThoseSlidesApartWhenQualified() throws Exception {
        // Given
        settings.put("slide.id", "qualified");
        write("ACC1/1/a.png", "a");
        write("ACC2/1/a.png", "b");
        FolderSourceTask task = started();
        // When
        List<SourceRecord> records = settled(task);
        // Then
        assertThat(records)
                .extracting(r -> image(r).getOrigin().getSlide())
                .containsExactlyInAnyOrder("ACC1/1", "ACC2/1");
        assertThat(task.counters().ambiguousSlides.sum()).isZero();
    }

    @Test
    void showsItsCountersAsMetricsOfTheWorker() throws Exception {
        // When
        started();
        // Then
        assertThat(connect.metrics).containsKeys("images-published", "unreadable");
        assertThat(connect.metrics.values())
                .allSatisfy(name -> assertThat(name.description()).isNotBlank());
    }

    /** Polls once, lets the files settle, polls again: what came of both. */
    private List<SourceRecord> settled(FolderSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>(poll(task));
        now += Duration.ofSeconds(1).toNanos();
        records.addAll(poll(task));
        now += Duration.ofSeconds(1).toNanos();
        return records;
    }

    private static List<SourceRecord> poll(FolderSourceTask task) throws InterruptedException {
        List<SourceRecord> records = task.poll();
        return records == null ? List.of() : records;
    }

    private FolderSourceTask started() {
        FolderSourceTask task = new FolderSourceTask(() -> now);
        task.initialize(connect);
        Serializer<ImageCaptured> serializer = serde.serializer();
        task.start(config(), serializer);
        return task;
    }

    private FolderSourceConfig config() {
        Map<String, String> all = new HashMap<>(settings);
        all.put("folder", root.toString());
        all.put("schema.registry.url", "mock://registry");
        all.putIfAbsent("scan.interval.ms", "1");
        return new FolderSourceConfig(all);
    }

    private Path write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(TAKEN));
    }

    private ImageCaptured image(SourceRecord record) {
        return serde.deserializer().deserialize(record.topic(), (byte[]) record.value());
    }

    private long size(SourceRecord record) {
        return image(record).getSizeBytes();
    }

    private List<String> names(List<SourceRecord> records) {
        return records.stream().map(record -> image(record).getSourceName()).toList();
    }

    /** A registry that cannot be reached until it is told to come back. */
    private static final class AbsentRegistry extends MockSchemaRegistryClient {
        private boolean away = true;

        @Override
        public synchronized int register(String subject, ParsedSchema schema)
                throws IOException, RestClientException {
            if (away) {
                throw new IOException("connection refused");
            }
            return super.register(subject, schema);
        }
    }

    private static String sha256(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    }
}
