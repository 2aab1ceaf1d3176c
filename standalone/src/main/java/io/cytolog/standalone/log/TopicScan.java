// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.log;

import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed records of a topic once, between bounds that are fixed when it begins: what
 * comes meanwhile is not waited for. Within a partition in order, partitions as they come. Holds
 * one fetch at a time. Owned by one thread.
 */
public final class TopicScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final long total;

    /** Takes one record; an exception ends the scan. */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        void visit(ConsumerRecord<byte[], byte[]> record) throws E;
    }

    private TopicScan(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
        List<TopicPartition> open =
                starts.keySet().stream().filter(p -> starts.get(p) < ends.get(p)).toList();
        consumer.assign(open);
        open.forEach(partition -> consumer.seek(partition, starts.get(partition)));
        this.total = open.stream().mapToLong(p -> ends.get(p) - starts.get(p)).sum();
    }

    /** What a topic holds within a range of time. */
    public static TopicScan of(Cluster cluster, Topic<?> topic, TimeRange range) {
        Consumer<byte[], byte[]> consumer = consumer(cluster);
        List<TopicPartition> partitions = partitions(consumer, topic);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
        Map<TopicPartition, Long> ends = new HashMap<>(last);
        if (range.since() != null) {
            starts.putAll(offsets(consumer, last, range.since().toEpochMilli()));
        }
        if (range.until() != null) {
            ends.putAll(offsets(consumer, last, range.until().toEpochMilli()));
        }
        return new TopicScan(consumer, starts, ends);
    }

    /** What a topic holds from given offsets on; partitions without one from their beginning. */
    public static TopicScan from(
            Cluster cluster, Topic<?> topic, Map<TopicPartition, Long> offsets) {
        Consumer<byte[], byte[]> consumer = consumer(cluster);
        List<TopicPartition> partitions = partitions(consumer, topic);
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
        starts.replaceAll(
                (partition, first) -> Math.max(first, offsets.getOrDefault(partition, first)));
        return new TopicScan(consumer, starts, consumer.endOffsets(partitions));
    }

    /** Offsets to go through, control records among them. */
    public long total() {
        return total;
    }

    /**
     * Reads all of it.
     *
     * @param progress is told how many offsets are done
     */
    public <E extends Exception> void forEach(Visitor<E> visitor, LongConsumer progress) throws E {
        long left = left();
        while (left > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    visitor.visit(record);
                }
            }
            left = left();
            progress.accept(total - left);
        }
    }

    private long left() {
        long left = 0;
        List<TopicPartition> done = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            long behind = ends.get(partition) - consumer.position(partition);
            left += Math.max(0, behind);
            if (behind <= 0) {
                done.add(partition);
            }
        }
        consumer.pause(done);
        return left;
    }

    /** A consumer of one's own; a command has no group. */
    static Consumer<byte[], byte[]> consumer(Cluster cluster) {
        Map<String, Object> settings = new HashMap<>(cluster.client());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "cytolog-command");
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    /** First offsets at or after a time; the end where there is none. */
    private static Map<TopicPartition, Long> offsets(
            Consumer<?, ?> consumer, Map<TopicPartition, Long> last, long millis) {
        Map<TopicPartition, Long> times = new HashMap<>(last);
        times.replaceAll((partition, offset) -> millis);
        Map<TopicPartition, Long> offsets = new HashMap<>(last);
        for (var found : consumer.offsetsForTimes(times).entrySet()) {
            @Nullable OffsetAndTimestamp first = found.getValue();
            if (first != null) {
                offsets.put(found.getKey(), first.offset());
            }
        }
        return offsets;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
