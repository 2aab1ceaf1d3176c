// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBufferTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 2", "12, 2", "12, 12", "24, 1"})
    void holdsNoMoreBytesThanConfigured(int partitions, int threads) throws Exception {
        // Given
        AppConfig config =
                ConfigReader.ofDefaults()
                        .with("topics.partitions", Integer.toString(partitions))
                        .with("streams.threads", Integer.toString(threads))
                        .read();

        // When
        InputBuffer buffer = InputBuffer.of(config);

        // Then
        assertThat(buffer.queue()).isBetween(1, 16);
        assertThat(buffer.poll()).isBetween(1, 16);
        assertThat(buffer.bytes(config))
                .isLessThanOrEqualTo(config.streams().inputBuffer().bytes());
    }

    @Test
    void leavesAThreadTimeToBeBlockedBetweenPolls() throws Exception {
        // Given: 7 records a partition, 14 a poll, each of which may wait for a minute.
        AppConfig config = ConfigReader.ofDefaults().with("barrier.timeout", "60s").read();
        InputBuffer buffer = InputBuffer.of(config);

        // When
        Map<String, Object> consumer =
                new StreamsConfig(StreamSettings.streams(config))
                        .getMainConsumerConfigs("group", "client", 0);

        // Then
        Duration interval =
                Duration.ofMillis(
                        Long.parseLong(
                                consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                                        .toString()));
        assertThat(interval)
                .isEqualTo(Duration.ofMinutes(2L * (4L * buffer.queue() + buffer.poll())));
    }

    @Test
    void leavesThePollIntervalToWhoSetsIt() throws Exception {
        // Given
        AppConfig config =
                ConfigReader.ofDefaults()
                        .with("kafka.properties", "{max.poll.interval.ms: 123456}")
                        .read();

        // Then
        assertThat(
                        new StreamsConfig(StreamSettings.streams(config))
                                .getMainConsumerConfigs("group", "client", 0)
                                .get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                                .toString())
                .isEqualTo("123456");
    }
}
