// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import io.cytolog.config.AppConfig;
import io.cytolog.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka's clients that follow from the configuration. */
public final class StreamSettings {

    private static final int LEAST_TRANSACTION_MILLIS = 10_000;
    private static final int SESSION_MILLIS = 10_000;
    static final int FETCH_BYTES = 16 << 20;
    static final long SEND_BYTES = 16L << 20;

    private StreamSettings() {}

    /** How to reach the broker: for every client. */
    static Map<String, Object> client(AppConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        return settings;
    }

    /** Of the stream; kafka.properties go before what is set here. */
    public static Map<String, Object> streams(AppConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee(config));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streams().threads());
        settings.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, config.streams().cache().bytes());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.streams().stateDir().toString());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commit().interval().toMillis());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.topics().replication());
        settings.put(StreamsConfig.POLL_MS_CONFIG, 5L);
        // The default of 1,000 images could hold a gigabyte a partition.
        settings.put(
                StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
                InputBuffer.of(config).queue());
        consumer(settings, config);
        producer(settings, config);
        settings.putAll(client(config));
        return settings;
    }

    /** What Kafka Streams calls the configured guarantee. */
    static String guarantee(AppConfig config) {
        return switch (config.streams().guarantee()) {
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
        };
    }

    private static void consumer(Map<String, Object> settings, AppConfig config) {
        InputBuffer buffer = InputBuffer.of(config);
        settings.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        settings.put(consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), buffer.poll());
        Map<String, Object> times =
                Map.of(
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        100,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        SESSION_MILLIS,
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Math.clamp(buffer.pollInterval(config).toMillis(), 1, Integer.MAX_VALUE));
        unlessGiven(config, times, (name, value) -> settings.put(consumerPrefix(name), value));
    }

    private static void producer(Map<String, Object> settings, AppConfig config) {
        settings.put(
                producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_REQUEST_BYTES);
        settings.put(producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), SEND_BYTES);
        Map<String, Object> times =
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        transactionMillis(config));
        unlessGiven(config, times, (name, value) -> settings.put(producerPrefix(name), value));
    }

    /** Our prefixed name would silently go before an operator's that has no prefix. */
    private static void unlessGiven(
            AppConfig config, Map<String, Object> times, BiConsumer<String, Object> put) {
        times.forEach(
                (name, value) -> {
                    if (!config.kafka().properties().containsKey(name)) {
                        put.accept(name, value);
                    }
                });
    }

    /** Room for the first send, a full barrier and the commit. */
    private static int transactionMillis(AppConfig config) {
        long twice = 2 * config.barrier().timeout().toMillis();
        return Math.toIntExact(Math.max(LEAST_TRANSACTION_MILLIS, twice));
    }
}
