// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.RecordOrigin;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts what was committed, read as a laboratory system would read it: a plain read-committed
 * consumer without a group, and none of the stream's code. Keeps one counter an image and one
 * position a lane, so that a long run fits. Owned by one thread.
 */
public final class Audit implements AutoCloseable {

    private static final List<String> TOPICS =
            List.of(Topics.IMAGES_ANNOTATED.name(), Topics.IMAGES_REJECTED.name());

    private final EventSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> lastOffsets = new HashMap<>();
    private final List<String> disorder = new ArrayList<>();
    private byte[] outcomes = new byte[1024];
    private int read;
    private int misrouted;

    /** The topics exist. */
    public Audit(String broker, String registry) {
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
        List<TopicPartition> partitions =
                TOPICS.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on for a moment; the number of outcomes so far. */
    public int read() {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        return read;
    }

    /** Outcomes read so far. */
    public int outcomes() {
        return read;
    }

    /** Images of 0 to {@code published - 1} without an outcome. */
    public int lost(int published) {
        return (int) numbers(published).filter(number -> outcomes[number] == 0).count();
    }

    /** Images with more than one outcome. */
    public int repeated(int published) {
        return (int) numbers(published).filter(number -> outcomes[number] > 1).count();
    }

    /** Outcomes on the topic where they do not belong. */
    public int misrouted() {
        return misrouted;
    }

    /** Where a slide's or a partition's results left their order; empty when nowhere. */
    public List<String> disorder() {
        return List.copyOf(disorder);
    }

    private IntStream numbers(int published) {
        if (published > outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, published);
        }
        return IntStream.range(0, published);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(Topics.IMAGES_ANNOTATED.name())) {
            ImageAnnotated result =
                    serdes.deserializer(Topics.IMAGES_ANNOTATED).deserialize(topic, record.value());
            count(topic, result.getImageId(), result.getOrigin().getSlide(), result.getSource());
        } else {
            ImageRejected letter =
                    serdes.deserializer(Topics.IMAGES_REJECTED).deserialize(topic, record.value());
            count(topic, letter.getImageId(), letter.getOrigin().getSlide(), letter.getSource());
        }
    }

    private void count(String topic, String imageId, String slide, RecordOrigin source) {
        int number = NumberedFeed.numberOf(imageId);
        if (number >= outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, Math.max(number + 1, 2 * outcomes.length));
        }
        outcomes[number] = (byte) Math.min(Byte.MAX_VALUE, outcomes[number] + 1);
        read++;
        if (topic.equals(Topics.IMAGES_REJECTED.name()) != NumberedFeed.isBad(number)) {
            misrouted++;
        }
        checkOrder("%s of %s".formatted(topic, slide), source.getOffset());
        checkOrder(
                "%s of partition %d".formatted(topic, source.getPartition()), source.getOffset());
    }

    private void checkOrder(String lane, long offset) {
        Long before = lastOffsets.put(lane, offset);
        if (before != null && before >= offset) {
            disorder.add("%s: offset %d after %d".formatted(lane, offset, before));
        }
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
