// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.chaos.NumberedFeed;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what was committed as a laboratory system would, with a plain read-committed consumer, and
 * holds each result's release against the one that its record's time demands. Owned by one thread.
 */
final class SwapAudit implements AutoCloseable {

    private static final List<String> TOPICS =
            List.of(Topics.IMAGES_ANNOTATED.name(), Topics.IMAGES_REJECTED.name());

    private final EventSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final InstantSource clock;
    private final List<Answer> answers = new ArrayList<>();
    private byte[] outcomes = new byte[1024];
    private int read;

    /**
     * A result.
     *
     * @param recorded log-append time of its image's record
     * @param millis from there until it was read here, committed
     */
    record Answer(String release, Instant recorded, long millis) {}

    SwapAudit(String broker, String registry, InstantSource clock) {
        this.serdes = new EventSerdes(registry);
        this.clock = clock;
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "isolation.level",
                                "read_committed",
                                "fetch.max.wait.ms",
                                50,
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

    /** Reads on for a moment; outcomes so far. */
    int read() {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
        return read;
    }

    /** Images of 0 to {@code published - 1} without an outcome. */
    long lost(int published) {
        return IntStream.range(0, published)
                .filter(number -> number >= outcomes.length || outcomes[number] == 0)
                .count();
    }

    /** Images with more than one outcome. */
    long repeated() {
        return IntStream.range(0, outcomes.length).filter(number -> outcomes[number] > 1).count();
    }

    int annotated() {
        return answers.size();
    }

    /**
     * Results of another release than their record's time demands.
     *
     * @param first release that answers before the first change
     * @param changes release by point of change
     */
    long misplaced(String first, TreeMap<Instant, String> changes) {
        return answers.stream()
                .filter(answer -> !answer.release().equals(demanded(first, changes, answer)))
                .count();
    }

    /** Releases that answered at all. */
    Set<String> releases() {
        Set<String> seen = new HashSet<>();
        answers.forEach(answer -> seen.add(answer.release()));
        return seen;
    }

    /** Changes after which at least one image was answered before the next one. */
    int changesSeen(TreeMap<Instant, String> changes) {
        Map<Instant, Integer> counts = new HashMap<>();
        for (Answer answer : answers) {
            Instant change = changes.floorKey(answer.recorded());
            if (change != null) {
                counts.merge(change, 1, Integer::sum);
            }
        }
        return counts.size();
    }

    /** A line an answer: when its record was made, how long it took, who answered. */
    List<String> csv() {
        List<String> lines = new ArrayList<>(List.of("recorded,millis,release"));
        answers.forEach(
                answer ->
                        lines.add(
                                "%s,%d,%s"
                                        .formatted(
                                                answer.recorded(),
                                                answer.millis(),
                                                answer.release())));
        return lines;
    }

    /** Times of images whose record lies between, ascending, milliseconds. */
    long[] millis(Instant from, Instant until) {
        return answers.stream()
                .filter(answer -> !answer.recorded().isBefore(from))
                .filter(answer -> answer.recorded().isBefore(until))
                .mapToLong(Answer::millis)
                .sorted()
                .toArray();
    }

    private static String demanded(String first, TreeMap<Instant, String> changes, Answer answer) {
        Map.Entry<Instant, String> change = changes.floorEntry(answer.recorded());
        return change == null ? first : change.getValue();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(Topics.IMAGES_ANNOTATED.name())) {
            ImageAnnotated result =
                    serdes.deserializer(Topics.IMAGES_ANNOTATED).deserialize(topic, record.value());
            count(result.getImageId());
            Instant recorded = result.getIngestedAt();
            long millis = Duration.between(recorded, clock.instant()).toMillis();
            answers.add(new Answer(result.getReleaseId().intern(), recorded, millis));
        } else {
            ImageRejected letter =
                    serdes.deserializer(Topics.IMAGES_REJECTED).deserialize(topic, record.value());
            count(letter.getImageId());
        }
    }

    private void count(String imageId) {
        int number = NumberedFeed.numberOf(imageId);
        if (number >= outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, Math.max(number + 1, 2 * outcomes.length));
        }
        outcomes[number] = (byte) Math.min(Byte.MAX_VALUE, outcomes[number] + 1);
        read++;
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
