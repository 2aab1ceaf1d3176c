// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.RecordOrigin;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that was committed, read as a laboratory system would read it. */
final class CommittedOutcomes implements AutoCloseable {

    private record Outcome(String topic, String imageId, RecordOrigin source) {}

    private final EventSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Outcome> outcomes = new ArrayList<>();

    CommittedOutcomes(String broker, String registry) {
        this.serdes = new EventSerdes(registry);
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic :
                List.of(Topics.IMAGES_ANNOTATED.name(), Topics.IMAGES_REJECTED.name())) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            assertThat(known).as("partitions of " + topic).isNotEmpty();
            known.forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on; the number of outcomes so far. */
    int read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            outcomes.add(outcome(record));
        }
        return outcomes.size();
    }

    private Outcome outcome(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(Topics.IMAGES_ANNOTATED.name())) {
            ImageAnnotated result =
                    serdes.deserializer(Topics.IMAGES_ANNOTATED).deserialize(topic, record.value());
            return new Outcome(topic, result.getImageId(), result.getSource());
        }
        ImageRejected rejection =
                serdes.deserializer(Topics.IMAGES_REJECTED).deserialize(topic, record.value());
        return new Outcome(topic, rejection.getImageId(), rejection.getSource());
    }

    /** Of images 0 to {@code count - 1}, each has its one outcome, and partitions kept order. */
    void assertEachOnceInOrder(int count) {
        Map<String, Integer> seen = new HashMap<>();
        outcomes.forEach(outcome -> seen.merge(outcome.imageId(), 1, Integer::sum));
        assertThat(
                        new TreeSet<>(
                                IntStream.range(0, count)
                                        .mapToObj(ScannerFeed::idOf)
                                        .filter(id -> !seen.containsKey(id))
                                        .toList()))
                .as("lost")
                .isEmpty();
        assertThat(seen.entrySet()).as("repeated").noneMatch(entry -> entry.getValue() > 1);
        assertThat(outcomes).hasSize(count);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.topic().equals(Topics.IMAGES_REJECTED.name()))
                .hasSize((int) IntStream.range(0, count).filter(ScannerFeed::isBad).count());
        assertOrder();
    }

    private void assertOrder() {
        Map<String, Long> last = new HashMap<>();
        for (Outcome outcome : outcomes) {
            String lane = outcome.topic() + "-" + outcome.source().getPartition();
            long offset = outcome.source().getOffset();
            assertThat(offset).as("order in " + lane).isGreaterThan(last.getOrDefault(lane, -1L));
            last.put(lane, offset);
        }
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
