// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Values that are not in order: each becomes a value of its own, with the bytes as they came. */
class UnreadableValuesTest {

    private static final String TOPIC = "images.captured";

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventSerdes serdes = new EventSerdes(registry, Registration.AUTOMATIC);
    private final ReadableSerde<ImageCaptured> serde = serdes.readable(Topics.IMAGES_CAPTURED);

    @Test
    void jsonInsteadOfAvroIsUnreadableAndKeepsItsBytes() {
        // Given
        byte[] json = "{\"imageId\":\"secret-7\"}".getBytes(StandardCharsets.UTF_8);

        // When
        var unreadable = unreadable(json);

        // Then
        assertThat(unreadable.payload().bytes()).isEqualTo(json);
        assertThat(unreadable.why()).contains(TOPIC, "0x7b").doesNotContain("secret");
        assertThat(serde.serializer().serialize(TOPIC, unreadable)).isEqualTo(json);
    }

    @Test
    void strictSerdeThrowsOnTheSameBytes() {
        var strict = serdes.deserializer(Topics.IMAGES_CAPTURED);

        assertThatThrownBy(() -> strict.deserialize(TOPIC, new byte[] {'{', 1, 2, 3, 4, 5, 6}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("0x7b");
    }

    @Test
    void everyTruncationIsUnreadable() {
        // Given
        byte[] whole = bytes();

        // Then
        for (int length = 0; length < whole.length; length++) {
            assertThat(unreadable(Arrays.copyOf(whole, length)).why()).startsWith(TOPIC);
        }
    }

    @Test
    void bytesLeftAfterTheRecordAreUnreadable() {
        byte[] longer = Arrays.copyOf(bytes(), bytes().length + 1);

        assertThat(unreadable(longer).why()).contains("bytes left after the record");
    }

    @Test
    void anIdUnknownToTheRegistryIsUnreadable() {
        byte[] stranger = ByteBuffer.wrap(bytes()).putInt(1, 4711).array();

        assertThat(unreadable(stranger).why()).contains("4711", "unknown to the registry");
    }

    @Test
    void anotherMessageOnTheTopicIsUnreadable() {
        // Given
        byte[] annotated =
                serdes.serializer(Topics.IMAGES_ANNOTATED).serialize(TOPIC, Samples.annotated());

        // Then
        assertThat(unreadable(annotated).why())
                .contains("is a " + ImageAnnotated.class.getName())
                .contains("expected a " + ImageCaptured.class.getName());
    }

    @Test
    void aPrimitiveOnTheTopicIsUnreadable() throws Exception {
        // Given
        var text = new AvroSchema(Schema.create(Schema.Type.STRING));
        int id = registry.register(TOPIC + "-value", text);
        byte[] bytes = {0, 0, 0, 0, (byte) id, 2, 'a'};

        // Then
        assertThat(unreadable(bytes).why()).contains("is a string");
    }

    @Test
    void aValueOverTheBoundIsUnreadable() {
        byte[] huge = new byte[Topics.IMAGES_CAPTURED.maxRecordBytes() + 1];

        assertThat(unreadable(huge).why()).contains("over the bound of 2097152");
    }

    @Test
    void aDeclaredLengthBeyondTheBytesAllocatesNothing() {
        // Given: the first field, a string, says that it is 2^31 - 10 bytes long
        byte[] liar = bytes();
        byte[] length = {(byte) 0xec, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        System.arraycopy(length, 0, liar, WireFormat.HEADER_BYTES, length.length);

        // Then
        assertThat(unreadable(liar).why()).contains("does not decode");
    }

    @Test
    void damagedBytesNeverThrow() {
        // Given
        var random = new Random(7);
        var annotated = serdes.readable(Topics.IMAGES_ANNOTATED);
        byte[] whole = annotated.serializer().serialize(TOPIC, read(Samples.annotated()));
        int unreadable = 0;

        // When
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                int at = WireFormat.HEADER_BYTES + random.nextInt(whole.length - 5);
                damaged[at] = (byte) random.nextInt();
            }
            var outcome = annotated.deserializer().deserialize(TOPIC, damaged);
            unreadable += outcome instanceof Readable.Unreadable<ImageAnnotated> ? 1 : 0;
        }

        // Then
        assertThat(unreadable).isPositive();
    }

    @Test
    void aPayloadNeverShowsItsContent() {
        var payload = new Payload("secret".getBytes(StandardCharsets.UTF_8));

        assertThat(payload).hasToString("Payload[6 bytes]");
        assertThat(new Readable.Unreadable<ImageCaptured>(payload, "why").toString())
                .doesNotContain("secret");
    }

    private static Readable<ImageAnnotated> read(ImageAnnotated value) {
        return new Readable.Read<>(value);
    }

    private byte[] bytes() {
        return serdes.serializer(Topics.IMAGES_CAPTURED).serialize(TOPIC, Samples.captured());
    }

    private Readable.Unreadable<ImageCaptured> unreadable(byte[] bytes) {
        Readable<ImageCaptured> outcome = serde.deserializer().deserialize(TOPIC, bytes);
        assertThat(outcome).isInstanceOf(Readable.Unreadable.class);
        return (Readable.Unreadable<ImageCaptured>) outcome;
    }
}
