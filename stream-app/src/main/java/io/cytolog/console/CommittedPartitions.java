// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a consumer on all partitions of its topics, also on those that appear later. Begins a
 * little before the end, so that the page is not empty after a restart. Used by the reader's
 * thread.
 */
final class CommittedPartitions {

    /** Records before the end to begin with, by partition. */
    static final int HISTORY = 50;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Consumer<?, ?> consumer;
    private final List<String> topics;
    private final InstantSource clock;
    private Instant lookedAt = Instant.MIN;

    CommittedPartitions(Consumer<?, ?> consumer, List<String> topics, InstantSource clock) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.clock = clock;
    }

    /** True when there is something to read from. */
    boolean refresh() {
        boolean complete = topicsAssigned() == topics.size();
        if (complete && clock.instant().isBefore(lookedAt.plus(LOOK_AGAIN))) {
            return true;
        }
        lookedAt = clock.instant();
        Set<TopicPartition> found = partitions();
        Set<TopicPartition> added = new HashSet<>(found);
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            boolean first = consumer.assignment().isEmpty();
            found.addAll(consumer.assignment());
            consumer.assign(found);
            begin(added, first);
        }
        return !found.isEmpty();
    }

    private long topicsAssigned() {
        return consumer.assignment().stream().map(TopicPartition::topic).distinct().count();
    }

    private Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new HashSet<>();
        for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics().entrySet()) {
            if (topics.contains(topic.getKey())) {
                topic.getValue()
                        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
            }
        }
        return partitions;
    }

    /** A partition that appears later is new as a whole. */
    private void begin(Set<TopicPartition> added, boolean first) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(added);
        if (!first) {
            starts.forEach(consumer::seek);
            return;
        }
        consumer.endOffsets(added)
                .forEach((at, end) -> consumer.seek(at, Math.max(starts.get(at), end - HISTORY)));
    }
}
