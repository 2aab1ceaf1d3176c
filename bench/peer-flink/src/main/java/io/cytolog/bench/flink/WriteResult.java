// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Gives a result to the sink as it is. */
final class WriteResult implements KafkaRecordSerializationSchema<RawResult> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    WriteResult(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RawResult result, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, result.key(), result.value());
    }
}
