// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts what was published and what was committed, read as a laboratory system would read it: a
 * plain read-committed consumer without a group, plain Avro, and none of the stream's code. Keeps a
 * few numbers an image and one position a lane, so that a long run fits. Owned by one thread.
 */
public final class Audit implements AutoCloseable {

    private static final String CAPTURED = Topics.IMAGES_CAPTURED.name();
    private static final String ANNOTATED = Topics.IMAGES_ANNOTATED.name();
    private static final String REJECTED = Topics.IMAGES_REJECTED.name();
    private static final int MOST_EXAMPLES = 100;

    private final PlainAvro avro;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<String, Long> lastOffsets = new HashMap<>();
    private final List<String> disorder = new ArrayList<>();
    private int outcomes;
    private int misrouted;

    /** What is known of an image. */
    private static final class Entry {
        private int published;
        private int outcomes;
        private String source = "";
        private String statedSource = "";
    }

    /** The topics exist. */
    public Audit(String broker, String registry) {
        this.avro = new PlainAvro(registry);
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
        this.partitions =
                Stream.of(CAPTURED, ANNOTATED, REJECTED)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on for a moment; the number of outcomes so far. */
    public int read() {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        return outcomes;
    }

    /** Reads everything that is committed now. */
    public void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            read();
        }
    }

    /** Outcomes read so far. */
    public int outcomes() {
        return outcomes;
    }

    /** Images on images.captured so far. */
    public int published() {
        return (int) entries.values().stream().filter(entry -> entry.published > 0).count();
    }

    /** Images that are on images.captured more than once: the feed's fault, not the stream's. */
    public int publishedTwice() {
        return (int) entries.values().stream().filter(entry -> entry.published > 1).count();
    }

    /** Published images without an outcome. */
    public int lost() {
        return (int)
                entries.values().stream()
                        .filter(entry -> entry.published > 0 && entry.outcomes == 0)
                        .count();
    }

    /** Images with more than one outcome. */
    public int repeated() {
        return (int) entries.values().stream().filter(entry -> entry.outcomes > 1).count();
    }

    /**
     * Outcomes on the topic or of the slide where they do not belong, or that name another source
     * record than the one that holds their image.
     */
    public int misrouted() {
        return misrouted
                + (int)
                        entries.values().stream()
                                .filter(entry -> entry.outcomes > 0)
                                .filter(entry -> !entry.source.equals(entry.statedSource))
                                .count();
    }

    /** Where a slide's or a partition's results left their order; empty when nowhere. */
    public List<String> disorder() {
        return List.copyOf(disorder);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        GenericRecord value = avro.read(record.value());
        int number = NumberedFeed.numberOf(value.get("imageId").toString());
        Entry entry = entries.computeIfAbsent(number, missing -> new Entry());
        if (record.topic().equals(CAPTURED)) {
            entry.published++;
            entry.source = place(CAPTURED, record.partition(), record.offset());
        } else {
            outcomes++;
            entry.outcomes++;
            takeOutcome(record.topic(), number, entry, value);
        }
    }

    private void takeOutcome(String topic, int number, Entry entry, GenericRecord value) {
        String slide = ((GenericRecord) value.get("origin")).get("slide").toString();
        if (topic.equals(REJECTED) != NumberedFeed.isBad(number)
                || !slide.equals(NumberedFeed.slideOf(number))) {
            misrouted++;
        }
        GenericRecord source = (GenericRecord) value.get("source");
        int partition = (int) source.get("partition");
        long offset = (long) source.get("offset");
        entry.statedSource = place(source.get("topic").toString(), partition, offset);
        checkOrder("%s of %s".formatted(topic, slide), offset);
        checkOrder("%s of partition %d".formatted(topic, partition), offset);
    }

    private void checkOrder(String lane, long offset) {
        Long before = lastOffsets.put(lane, offset);
        if (before != null && before >= offset && disorder.size() < MOST_EXAMPLES) {
            disorder.add("%s: offset %d after %d".formatted(lane, offset, before));
        }
    }

    private static String place(String topic, int partition, long offset) {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }

    @Override
    public void close() {
        consumer.close();
        avro.close();
    }
}
