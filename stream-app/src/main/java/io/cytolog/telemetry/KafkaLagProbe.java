// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the lag from the broker. The time lag is exact: the first record behind the committed
 * position is fetched for its timestamp, which costs one record batch a lagging partition.
 */
public final class KafkaLagProbe implements LagProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PEEK = Duration.ofSeconds(3);

    private final Admin admin;
    private final Consumer<byte[], byte[]> peek;
    private final String group;
    private final List<String> topics;
    private final String timedTopic;
    private final InstantSource clock;

    KafkaLagProbe(
            Admin admin,
            Consumer<byte[], byte[]> peek,
            String group,
            List<String> topics,
            String timedTopic,
            InstantSource clock) {
        this.admin = admin;
        this.peek = peek;
        this.group = group;
        this.topics = List.copyOf(topics);
        this.timedTopic = timedTopic;
        this.clock = clock;
    }

    /**
     * @param client how to reach the broker: bootstrap servers and security settings
     * @param group consumer group of the stream: its application id
     * @param topics the stream's source topics, full names
     * @param timedTopic the one whose oldest record without a commit gives the time lag
     */
    public static KafkaLagProbe connect(
            Map<String, Object> client,
            String group,
            List<String> topics,
            String timedTopic,
            InstantSource clock) {
        Map<String, Object> peek = new HashMap<>(client);
        peek.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        peek.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // One byte means the first batch of a partition, whatever its size, and no more.
        peek.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        peek.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
        peek.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-lag-peek");
        Map<String, Object> admin = new HashMap<>(client);
        admin.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-lag-admin");
        return new KafkaLagProbe(
                Admin.create(admin),
                new KafkaConsumer<>(peek, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                group,
                topics,
                timedTopic,
                clock);
    }

    @Override
    public Lag read() throws InterruptedException {
        Set<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> positions = positions(partitions);
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> lags = new HashMap<>();
        ends.forEach((at, end) -> lags.put(at, Math.max(0, end - positions.get(at))));
        Map<TopicPartition, Long> behind = new HashMap<>(positions);
        behind.keySet().removeIf(at -> !at.topic().equals(timedTopic) || lags.get(at) == 0);
        return new Lag(lags, ageOfOldest(behind, ends));
    }

    private Set<TopicPartition> partitions() throws InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicDescription topic :
                await(admin.describeTopics(topics).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
        }
        return partitions;
    }

    /** Committed positions; where nothing was committed yet, the start of the log. */
    private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions)
            throws InterruptedException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> committed :
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                        .entrySet()) {
            if (partitions.contains(committed.getKey()) && committed.getValue() != null) {
                positions.put(committed.getKey(), committed.getValue().offset());
            }
        }
        Set<TopicPartition> uncommitted = new HashSet<>(partitions);
        uncommitted.removeAll(positions.keySet());
        positions.putAll(offsets(uncommitted, OffsetSpec.earliest()));
        return positions;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return await(
                        admin.listOffsets(
                                        partitions.stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                Function.identity(), p -> spec)))
                                .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private Duration ageOfOldest(Map<TopicPartition, Long> behind, Map<TopicPartition, Long> ends) {
        peek.assign(behind.keySet());
        // A partition that was paused at the last reading stays so when it is assigned again.
        peek.resume(behind.keySet());
        behind.forEach(peek::seek);
        Set<TopicPartition> unseen = new HashSet<>(behind.keySet());
        long oldest = Long.MAX_VALUE;
        long deadline = clock.millis() + PEEK.toMillis();
        while (!unseen.isEmpty()) {
            if (clock.millis() > deadline) {
                throw new KafkaException("no record of " + unseen + " was sent in " + PEEK);
            }
            for (ConsumerRecord<byte[], byte[]> record : peek.poll(POLL)) {
                TopicPartition at = new TopicPartition(record.topic(), record.partition());
                if (unseen.remove(at)) {
                    oldest = Math.min(oldest, record.timestamp());
                    peek.pause(Set.of(at));
                }
            }
            // What is left may be a transaction's markers, which are no images.
            unseen.removeIf(at -> peek.position(at) >= ends.get(at));
        }
        long age = oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest);
        return Duration.ofMillis(age);
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(
                    "the broker did not answer in %d s".formatted(PATIENCE.toSeconds()), e);
        }
    }

    @Override
    public void close() {
        // Kafka's clients refuse to close on an interrupted thread, and the watch interrupts its
        // own.
        boolean interrupted = Thread.interrupted();
        peek.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ofSeconds(1));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
