// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what the stream committed, from every partition, as a laboratory system would. The
 * reader's own thread owns the consumer; it belongs to no group and commits nothing.
 */
public final class CommittedReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommittedReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long RETRY_MS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final CommittedPartitions partitions;
    private final CommittedMessages messages;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    CommittedReader(
            Consumer<byte[], byte[]> consumer,
            CommittedPartitions partitions,
            CommittedMessages messages,
            InstantSource clock) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.messages = messages;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("committed-reader").unstarted(this::run);
    }

    /**
     * @param client how to reach the broker: bootstrap servers and security settings
     * @param prefix of the topics' names
     */
    public static CommittedReader connect(
            Map<String, Object> client,
            EventSerdes serdes,
            String prefix,
            CommittedListener listener,
            InstantSource clock) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        // Rejections carry whole images: a few megabytes a fetch are enough for a page.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "cytolog-console");
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var messages = new CommittedMessages(serdes, prefix, listener);
        var partitions = new CommittedPartitions(consumer, messages.topics(), clock);
        return new CommittedReader(consumer, partitions, messages, clock);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (Consumer<byte[], byte[]> owned = consumer) {
            while (closing.getCount() > 0) {
                turn(owned);
            }
            owned.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Consumer<byte[], byte[]> owned) throws InterruptedException {
        try {
            if (!partitions.refresh()) {
                pause();
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : owned.poll(POLL)) {
                read(record);
            }
            failing = false;
        } catch (WakeupException e) {
            // The reader is being closed; the loop's condition says so.
        } catch (KafkaException e) {
            tellOnce(e);
            pause();
        }
    }

    /** A registry that is away is waited for; a record that nobody can read is passed over. */
    private void read(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (closing.getCount() > 0) {
            try {
                messages.tell(record, clock.instant());
                return;
            } catch (RegistryUnavailableException e) {
                tellOnce(e);
                pause();
            } catch (SerializationException e) {
                LOG.warn(
                        "unreadable result passed over: topic={} partition={} offset={} reason={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                return;
            }
        }
    }

    private void pause() throws InterruptedException {
        closing.await(RETRY_MS, TimeUnit.MILLISECONDS);
    }

    private void tellOnce(RuntimeException e) {
        if (!failing) {
            LOG.warn("the live feed stands still: reason={}", e.getMessage());
        }
        failing = true;
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
