// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.AvroSerde;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file sink from records to files. */
class SlideFileSinkTaskTest {
    private static final String TOPIC = Topics.SLIDES_SUMMARISED.name();

    @TempDir Path out;

    private final AvroSerde<SlideSummarised> serde =
            new EventSerdes(new MockSchemaRegistryClient(), Registration.AUTOMATIC)
                    .serde(Topics.SLIDES_SUMMARISED);
    private final FakeSinkContext context = new FakeSinkContext();
    private final SlideFileSinkTask task = new SlideFileSinkTask();

    @BeforeEach
    void start() {
        task.initialize(context);
        task.start(
                new SlideFileSinkConfig(
                        Map.of("out", out.toString(), "schema.registry.url", "mock://registry")),
                serde.deserializer());
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void writesOneJsonAndOneHl7FileASlide() throws Exception {
        // When
        task.put(List.of(record(Summaries.summary())));
        // Then
        JsonNode json = json("SYN-26-0001-A-1");
        assertThat(json.path("status").asText()).isEqualTo("PRELIMINARY");
        assertThat(json.path("revision").asLong()).isEqualTo(3);
        assertThat(json.path("findings").path(0).path("finding").asText())
                .isEqualTo("neutrophil_segmented");
        assertThat(json.path("releaseIds").path(0).asText()).isEqualTo(Summaries.RELEASE);
        assertThat(json.path("lastEmittedAt").asText()).isEqualTo("2026-03-01T10:16:00Z");
        assertThat(json.size()).isEqualTo(SlideSummarised.getClassSchema().getFields().size() + 1);
        assertThat(Files.readString(out.resolve("hl7/SYN-26-0001-A-1.hl7"))).startsWith("MSH|");
        assertThat(files()).hasSize(2);
    }

    @Test
    void leavesTheFilesAsTheyAreWhenARecordComesAgain() throws Exception {
        // Given
        SinkRecord record = record(Summaries.summary());
        task.put(List.of(record));
        byte[] json = Files.readAllBytes(out.resolve("json/SYN-26-0001-A-1.json"));
        byte[] hl7 = Files.readAllBytes(out.resolve("hl7/SYN-26-0001-A-1.hl7"));
        // When
        task.put(List.of(record));
        // Then
        assertThat(out.resolve("json/SYN-26-0001-A-1.json")).hasBinaryContent(json);
        assertThat(out.resolve("hl7/SYN-26-0001-A-1.hl7")).hasBinaryContent(hl7);
    }

    @Test
    void completesAPairOfWhichOneFileIsMissing() throws Exception {
        // Given
        SinkRecord record = record(Summaries.summary());
        task.put(List.of(record));
        Files.delete(out.resolve("hl7/SYN-26-0001-A-1.hl7"));
        // When
        task.put(List.of(record));
        // Then
        assertThat(out.resolve("hl7/SYN-26-0001-A-1.hl7")).exists();
    }

    @Test
    void keepsTheNewestRevisionInWhateverOrderTheyCome() throws Exception {
        // Given
        SinkRecord two = record(Summaries.summary().setRevision(2L));
        SinkRecord four = record(Summaries.summary().setRevision(4L));
        // When
        task.put(List.of(four, two));
        task.put(List.of(two));
        // Then
        assertThat(json("SYN-26-0001-A-1").path("revision").asLong()).isEqualTo(4);
    }

    @Test
    void believesALaterSummaryWhoseRevisionsBeganAnew() throws Exception {
        // Given
        task.put(List.of(record(Summaries.summary().setRevision(40L))));
        Instant later = Instant.parse("2026-04-01T00:00:00Z");
        // When
        task.put(List.of(record(Summaries.summary().setRevision(1L).setLastEmittedAt(later))));
        // Then
        assertThat(json("SYN-26-0001-A-1").path("revision").asLong()).isEqualTo(1);
    }

    @Test
    void keepsASlideIdFromLeavingTheFolder() throws Exception {
        // When
        task.put(List.of(record(Summaries.summary().setSlide("../../ACC/1"))));
        // Then
        assertThat(files())
                .hasSize(2)
                .allSatisfy(f -> assertThat(f.getParent().getParent()).isEqualTo(out));
        assertThat(json("%2E.%2F..%2FACC%2F1").path("slide").asText()).isEqualTo("../../ACC/1");
    }

    @Test
    void overwritesAFileThatSomebodyBroke() throws Exception {
        // Given
        Files.writeString(out.resolve("json/SYN-26-0001-A-1.json"), "{broken");
        // When
        task.put(List.of(record(Summaries.summary())));
        // Then
        assertThat(json("SYN-26-0001-A-1").path("revision").asLong()).isEqualTo(3);
    }

    @Test
    void stopsOnAnUnreadableValueWhenThereIsNowhereToSetItAside() {
        // Given
        SinkRecord record = raw("not Avro".getBytes(StandardCharsets.UTF_8));
        // When, Then
        assertThatThrownBy(() -> task.put(List.of(record)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("offset=7");
    }

    @Test
    void setsAnUnreadableValueAsideAndGoesOn() throws Exception {
        // Given
        context.reporting = true;
        SinkRecord bad = raw("not Avro".getBytes(StandardCharsets.UTF_8));
        // When
        task.put(List.of(bad, record(Summaries.summary())));
        // Then
        assertThat(context.reported).containsExactly(bad);
        assertThat(json("SYN-26-0001-A-1").path("revision").asLong()).isEqualTo(3);
    }

    @Test
    void namesTheRemedyWhenTheConverterIsWrong() {
        assertThatThrownBy(() -> task.put(List.of(raw("text"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("ByteArrayConverter");
    }

    @Test
    void refusesAFileAsItsFolder() throws IOException {
        // Given
        Path file = Files.createFile(out.resolve("taken"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        // When, Then
        assertThatThrownBy(
                        () ->
                                new SlideFileSinkConfig(
                                        Map.of(
                                                "out",
                                                file.toString(),
                                                "schema.registry.url",
                                                "mock://registry")))
                .hasMessageContaining("cannot be a folder");
    }

    private SinkRecord record(SlideSummarised.Builder summary) {
        return raw(serde.serializer().serialize(TOPIC, summary.build()));
    }

    private static SinkRecord raw(Object value) {
        return new SinkRecord(TOPIC, 0, Schema.BYTES_SCHEMA, new byte[0], null, value, 7);
    }

    private JsonNode json(String name) throws IOException {
        return new JsonMapper().readTree(out.resolve("json/" + name + ".json").toFile());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(out)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
