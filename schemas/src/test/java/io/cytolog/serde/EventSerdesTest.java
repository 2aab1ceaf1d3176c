// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Values that are in order: what is written is read, here and by a stranger. */
class EventSerdesTest {

    private static final Topic<ImageCaptured> CAPTURED = Topics.IMAGES_CAPTURED.named("lab1.");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventSerdes serdes = new EventSerdes(registry, Registration.AUTOMATIC);

    @Test
    void readsBackEveryFieldOfEveryMessage() {
        for (SpecificRecord message : Samples.all()) {
            // Given
            Topic<SpecificRecord> topic = topicOf(message);
            var serde = serdes.serde(topic);

            // When
            byte[] bytes = serde.serializer().serialize(topic.name(), message);

            // Then
            assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(message);
        }
    }

    @Test
    void aStrangerReadsItWithTheSchemaThatTheEnvelopeNames() throws Exception {
        // Given
        byte[] bytes = serdes.serializer(CAPTURED).serialize(CAPTURED.name(), Samples.captured());

        // When
        ByteBuffer envelope = ByteBuffer.wrap(bytes);
        byte magic = envelope.get();
        Schema schema = (Schema) registry.getSchemaById(envelope.getInt()).rawSchema();
        var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        var stranger = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);

        // Then
        assertThat(magic).isZero();
        assertThat(decoder.isEnd()).isTrue();
        assertThat(stranger.get("imageId")).hasToString("img-1");
        assertThat(((GenericRecord) stranger.get("origin")).get("priority")).hasToString("STAT");
    }

    @Test
    void registersTheContractUnderTheTopicsSubjectWithoutJavasProperties() throws Exception {
        // When
        serdes.serializer(CAPTURED).serialize(CAPTURED.name(), Samples.captured());

        // Then
        assertThat(registry.getAllSubjects()).containsExactly("lab1.images.captured-value");
        assertThat(registry.getLatestSchemaMetadata(CAPTURED.subject()).getSchema())
                .contains("ImageCaptured")
                .doesNotContain("avro.java.string");
    }

    @Test
    void refusesToWriteAnUnregisteredSchemaWhenItMayNotRegister() {
        // Given
        var careful = new EventSerdes(registry, Registration.BEFOREHAND).serializer(CAPTURED);

        // Then
        assertThatThrownBy(() -> careful.serialize(CAPTURED.name(), Samples.captured()))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("lab1.images.captured-value")
                .hasMessageContaining("register the contracts first");
    }

    @Test
    void writesOnceTheContractsAreRegistered() throws Exception {
        // Given
        var careful = new EventSerdes(registry, Registration.BEFOREHAND);

        // When
        var ids = careful.contracts().register(Topics.all("lab1."));

        // Then
        byte[] bytes = careful.serializer(CAPTURED).serialize(CAPTURED.name(), Samples.captured());
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(ids.get(CAPTURED.subject()));
        assertThat(ids).hasSize(Topics.all().size());
        assertThat(registry.getCompatibility(CAPTURED.subject())).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void tombstonesStayTombstones() {
        var strict = serdes.serde(Topics.SENTENCES_BANKED);
        var readable = serdes.readable(Topics.SENTENCES_BANKED);

        assertThat(strict.serializer().serialize("t", null)).isNull();
        assertThat(strict.deserializer().deserialize("t", null)).isNull();
        assertThat(readable.serializer().serialize("t", null)).isNull();
        assertThat(readable.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void readableGivesTheValueAndWritesItBack() {
        // Given
        var serde = serdes.readable(CAPTURED);
        byte[] bytes = serdes.serializer(CAPTURED).serialize(CAPTURED.name(), Samples.captured());

        // When
        Readable<ImageCaptured> readable = serde.deserializer().deserialize(CAPTURED.name(), bytes);

        // Then
        assertThat(readable).isEqualTo(new Readable.Read<>(Samples.captured()));
        assertThat(serde.serializer().serialize(CAPTURED.name(), readable)).isEqualTo(bytes);
    }

    @Test
    void takesTheLargestInlineImageAndRefusesWhatIsOverTheTopicsBound() {
        // Given
        var serializer = serdes.serializer(CAPTURED);
        ImageCaptured largest = Samples.captured(new byte[Topics.MAX_INLINE_BYTES]);
        ImageCaptured over = Samples.captured(new byte[CAPTURED.maxRecordBytes()]);

        // Then
        assertThat(serializer.serialize(CAPTURED.name(), largest))
                .hasSizeLessThan(CAPTURED.maxRecordBytes());
        assertThatThrownBy(() -> serializer.serialize(CAPTURED.name(), over))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("over the bound of 2097152");
    }

    @Test
    void aDeadLetterHoldsTheLargestSourceValue() {
        // Given
        byte[] original = new byte[CAPTURED.maxRecordBytes()];

        // When
        byte[] bytes =
                serdes.serializer(Topics.IMAGES_REJECTED)
                        .serialize("images.rejected", Samples.rejected(original));

        // Then
        assertThat(bytes).hasSizeGreaterThan(original.length);
    }

    @Test
    void namesTheFieldThatBreaksTheContract() {
        // Given
        ImageCaptured withoutOrigin = new ImageCaptured();

        // Then
        assertThatThrownBy(
                        () -> serdes.serializer(CAPTURED).serialize(CAPTURED.name(), withoutOrigin))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("imageId");
    }

    @Test
    void buildsAMessageWithDefaultsWithoutAnySystemProperty() {
        // Given
        var builder = ImageCaptured.newBuilder(Samples.captured());

        // When
        ImageCaptured message = builder.clearKind().build();

        // Then
        assertThat(System.getProperty("org.apache.avro.SERIALIZABLE_PACKAGES")).isNull();
        assertThat(message.getKind()).isEqualTo(ImageKind.AUTO);
    }

    @Test
    void threadsMayShareASerde() throws Exception {
        // Given
        var serde = serdes.serde(Topics.IMAGES_ANNOTATED);
        Callable<Boolean> trips =
                () ->
                        IntStream.range(0, 500)
                                .allMatch(
                                        i -> {
                                            byte[] bytes =
                                                    serde.serializer()
                                                            .serialize("t", Samples.annotated());
                                            return Samples.annotated()
                                                    .equals(
                                                            serde.deserializer()
                                                                    .deserialize("t", bytes));
                                        });

        // When
        try (var threads = Executors.newFixedThreadPool(8)) {
            var outcomes = threads.invokeAll(List.of(trips, trips, trips, trips, trips, trips));

            // Then
            for (var outcome : outcomes) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Topic<SpecificRecord> topicOf(SpecificRecord message) {
        return (Topic<SpecificRecord>)
                Topics.all().stream()
                        .filter(topic -> topic.value() == message.getClass())
                        .findFirst()
                        .orElseThrow();
    }
}
