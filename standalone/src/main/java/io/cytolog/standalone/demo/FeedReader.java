// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the feed's topics from their beginning as anybody outside would: committed records only,
 * with no word from the stream-app. One thread of its own polls and tells the listeners.
 */
final class FeedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<FeedListener> listeners;
    private final InstantSource clock;
    private final AvroDeserializer<ImageCaptured> captured;
    private final AvroDeserializer<ImageAnnotated> annotated;
    private final AvroDeserializer<ImageRejected> rejected;
    private final AvroDeserializer<SlideSummarised> summarised;
    private final Thread thread;
    private volatile Optional<Throwable> failure = Optional.empty();

    FeedReader(
            String bootstrapServers,
            EventSerdes serdes,
            List<FeedListener> listeners,
            InstantSource clock) {
        this.consumer = new KafkaConsumer<>(settings(bootstrapServers));
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.captured = serdes.deserializer(Topics.IMAGES_CAPTURED);
        this.annotated = serdes.deserializer(Topics.IMAGES_ANNOTATED);
        this.rejected = serdes.deserializer(Topics.IMAGES_REJECTED);
        this.summarised = serdes.deserializer(Topics.SLIDES_SUMMARISED);
        this.thread = Thread.ofPlatform().name("feed-reader").daemon().unstarted(this::run);
    }

    /** Begins to read; the topics must exist. */
    FeedReader start() {
        thread.start();
        return this;
    }

    /** Why reading ended before it was asked to. */
    Optional<Throwable> failure() {
        return failure;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            assignAll();
            while (true) {
                var records = consumer.poll(POLL);
                Instant seen = clock.instant();
                records.forEach(record -> tell(record, seen));
            }
        } catch (WakeupException _) {
            // close() asked.
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void assignAll() {
        List<TopicPartition> partitions =
                List.of(
                                Topics.IMAGES_CAPTURED,
                                Topics.IMAGES_ANNOTATED,
                                Topics.IMAGES_REJECTED,
                                Topics.SLIDES_SUMMARISED)
                        .stream()
                        .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void tell(ConsumerRecord<byte[], byte[]> record, Instant seen) {
        String topic = record.topic();
        byte[] value = record.value();
        if (topic.equals(Topics.IMAGES_CAPTURED.name())) {
            var image = Objects.requireNonNull(captured.deserialize(topic, value));
            Instant arrived = Instant.ofEpochMilli(record.timestamp());
            listeners.forEach(listener -> listener.captured(image, arrived));
        } else if (topic.equals(Topics.IMAGES_ANNOTATED.name())) {
            var image = Objects.requireNonNull(annotated.deserialize(topic, value));
            listeners.forEach(listener -> listener.annotated(image, seen));
        } else if (topic.equals(Topics.IMAGES_REJECTED.name())) {
            var image = Objects.requireNonNull(rejected.deserialize(topic, value));
            listeners.forEach(listener -> listener.rejected(image, seen));
        } else {
            var slide = Objects.requireNonNull(summarised.deserialize(topic, value));
            listeners.forEach(
                    listener -> listener.summarised(slide, record.partition(), record.offset()));
        }
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "demo-feed-reader");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Images are read too, only to be counted: small fetches keep them from filling the heap.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }
}
