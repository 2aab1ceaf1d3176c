// Licensed under the Apache License, Version 2.0.
package io.cytolog.decision;

import io.cytolog.serde.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of decisions from their beginning on, in a thread of its own that owns the
 * consumer. Without a broker or a registry it waits and serving goes on with what is known.
 */
public final class DecisionReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long RETRY_MS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final DecisionMessages messages;
    private final DecisionListener listener;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final List<ConsumerRecord<byte[], byte[]>> unread = new ArrayList<>();
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean failing;

    DecisionReader(
            Consumer<byte[], byte[]> consumer,
            DecisionMessages messages,
            DecisionListener listener) {
        this.consumer = consumer;
        this.messages = messages;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("cytolog-decisions").unstarted(this::run);
    }

    /**
     * Begins to follow; the topics must exist.
     *
     * @param client how to reach the broker: bootstrap servers and security settings
     * @param prefix of the topics' names
     * @param channel whose announcements count
     */
    public static DecisionReader start(
            Map<String, Object> client,
            EventSerdes serdes,
            String prefix,
            String channel,
            DecisionListener listener) {
        DecisionReader reader =
                new DecisionReader(
                        consumer(client), new DecisionMessages(serdes, prefix, channel), listener);
        reader.thread.start();
        return reader;
    }

    /**
     * All decisions made so far, read on the calling thread.
     *
     * @throws KafkaException when broker or registry cannot be reached
     */
    public static Decisions all(
            Map<String, Object> client, EventSerdes serdes, String prefix, String channel) {
        DecisionMessages messages = new DecisionMessages(serdes, prefix, channel);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer(client)) {
            Map<TopicPartition, Long> ends = assign(consumer, messages.topics());
            while (!reached(consumer, ends)) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return messages.decisions(records);
    }

    /** Completes when all that had been decided was told. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "cytolog-decisions");
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<TopicPartition, Long> assign(
            Consumer<byte[], byte[]> consumer, List<String> topics) {
        List<TopicPartition> partitions =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(
                                partition ->
                                        new TopicPartition(
                                                partition.topic(), partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions);
    }

    private static boolean reached(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void run() {
        try (Consumer<byte[], byte[]> owned = consumer) {
            while (closing.getCount() > 0) {
                turn(owned);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("decisions are no longer followed; restart the stream-app", e);
            caughtUp.completeExceptionally(e);
        }
    }

    private void turn(Consumer<byte[], byte[]> owned) throws InterruptedException {
        try {
            if (ends.isEmpty()) {
                ends = assign(owned, messages.topics());
            }
            owned.poll(POLL).forEach(unread::add);
            // The first time all at once, so that only what holds now is loaded.
            if (caughtUp.isDone() || reached(owned, ends)) {
                Decisions decisions = messages.decisions(unread);
                unread.clear();
                if (!decisions.isEmpty()) {
                    listener.decided(decisions);
                }
                caughtUp.complete(null);
            }
            failing = false;
            listener.timePassed();
        } catch (WakeupException e) {
            // The reader is being closed; the loop's condition says so.
        } catch (KafkaException e) {
            if (!failing) {
                LOG.warn("decisions cannot be read for now reason=\"{}\"", e.getMessage());
            }
            failing = true;
            closing.await(RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
