// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the stream is behind its topics.
 *
 * @param records log end minus committed position, by partition
 * @param time age of the oldest image without a committed result; zero when there is none
 */
public record Lag(Map<TopicPartition, Long> records, Duration time) {

    public Lag {
        records = Map.copyOf(records);
    }

    /** Records that one topic is behind, over all its partitions. */
    public long recordsOf(String topic) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
