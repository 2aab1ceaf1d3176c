// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.SentenceBanked;
import io.cytolog.event.SentenceState;
import io.cytolog.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Readers and writers of different versions on one topic. */
class SchemaEvolutionTest {

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroDeserializer<SentenceBanked> reader =
            new EventSerdes(registry, Registration.BEFOREHAND)
                    .deserializer(Topics.SENTENCES_BANKED);

    @Test
    void aNewerWritersFieldIsSkippedAndItsNewSymbolIsUnknown() throws Exception {
        // Given
        Schema newer =
                altered("\"RETIRED\"", "\"RETIRED\",\"DRAFT\"")
                        .replaceFirst(
                                "\"fields\":\\[",
                                "\"fields\":[{\"name\":\"language\",\"type\":\"string\"},")
                        .transform(json -> new Schema.Parser().parse(json));
        GenericRecord record = banked(newer, "DRAFT");
        record.put("language", "de");

        // When
        SentenceBanked read = reader.deserialize("sentences.banked", bytes(newer, record));

        // Then
        assertThat(read.getState()).isEqualTo(SentenceState.UNKNOWN);
        assertThat(read.getText()).isEqualTo("a nucleus of three lobes");
    }

    @Test
    void anOlderWritersMissingFieldTakesItsDefault() throws Exception {
        // Given
        String finding = EventModel.contract(SentenceBanked.class).getField("finding").doc();
        Schema older =
                altered(
                                ",{\"name\":\"finding\",\"type\":[\"null\",\"string\"],\"doc\":\"%s\",\"default\":null}"
                                        .formatted(finding),
                                "")
                        .transform(json -> new Schema.Parser().parse(json));
        assertThat(older.getField("finding")).isNull();

        // When
        SentenceBanked read =
                reader.deserialize("sentences.banked", bytes(older, banked(older, "ACTIVE")));

        // Then
        assertThat(read.getFinding()).isNull();
        assertThat(read.getState()).isEqualTo(SentenceState.ACTIVE);
    }

    private static String altered(String part, String other) {
        return EventModel.contract(SentenceBanked.class).toString().replace(part, other);
    }

    private static GenericRecord banked(Schema schema, String state) {
        var record = new GenericData.Record(schema);
        record.put("sentenceId", "s-12");
        record.put("text", "a nucleus of three lobes");
        record.put("state", new GenericData.EnumSymbol(schema.getField("state").schema(), state));
        record.put("author", "jdoe");
        record.put("bankedAt", 1_772_366_400_123L);
        return record;
    }

    private byte[] bytes(Schema schema, GenericRecord record) throws Exception {
        int id = registry.register("sentences.banked-value", new AvroSchema(schema));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        return bytes.toByteArray();
    }
}
