// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.log;

import io.cytolog.standalone.cluster.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Fetches single records by position; quick when positions of a partition are asked for in their
 * order, since a fetch brings the next ones along. Keeps what one poll brought a partition. Owned
 * by one thread.
 */
public final class RecordSeeker implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, NavigableMap<Long, ConsumerRecord<byte[], byte[]>>> fetched =
            new HashMap<>();

    public RecordSeeker(Cluster cluster) {
        this.consumer = TopicScan.consumer(cluster);
    }

    /** The record; empty when it has expired or never was. */
    public Optional<ConsumerRecord<byte[], byte[]>> at(String topic, Position position) {
        TopicPartition partition = new TopicPartition(topic, position.partition());
        var known = fetched.getOrDefault(partition, new TreeMap<>());
        if (!covers(known, position.offset())) {
            known = fetch(partition, position.offset());
            fetched.put(partition, known);
        }
        return Optional.ofNullable(known.get(position.offset()));
    }

    private static boolean covers(NavigableMap<Long, ?> known, long offset) {
        return !known.isEmpty() && known.firstKey() <= offset && offset <= known.lastKey();
    }

    private NavigableMap<Long, ConsumerRecord<byte[], byte[]>> fetch(
            TopicPartition partition, long offset) {
        NavigableMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        if (offset < consumer.beginningOffsets(only).get(partition)
                || offset >= consumer.endOffsets(only).get(partition)) {
            return records;
        }
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (records.isEmpty()
                && consumer.position(partition) <= offset
                && System.nanoTime() < deadline) {
            consumer.poll(POLL).forEach(record -> records.put(record.offset(), record));
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
