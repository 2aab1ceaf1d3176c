// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.topic.Topics;
import java.time.Duration;

/**
 * How many records may wait between broker and work, since Kafka Streams bounds them by number and
 * memory is bounded in bytes: as if each held the largest inline image, and this process had all
 * partitions.
 *
 * @param poll most records that one poll brings, a thread
 * @param queue most records that wait, a partition, before it is paused
 */
record InputBuffer(int poll, int queue) {

    /** Longest record by contract: an inline image and its envelope. */
    static final long RECORD_BYTES = Topics.MAX_INLINE_BYTES + Topics.BATCH_OVERHEAD_BYTES;

    private static final int MOST = 16;
    private static final Duration LEAST_POLL_INTERVAL = Duration.ofMinutes(5);

    static InputBuffer of(AppConfig config) {
        long records = config.streams().inputBuffer().bytes() / RECORD_BYTES;
        int threads = config.streams().threads();
        int poll = Math.clamp(records / (2L * threads), 1, MOST);
        long left = records - (long) threads * poll;
        return new InputBuffer(poll, Math.clamp(left / config.topics().partitions(), 1, MOST));
    }

    /** Bytes of all that may wait in the queues. */
    long bytes(AppConfig config) {
        long records =
                (long) queue * config.topics().partitions()
                        + (long) poll * config.streams().threads();
        return records * RECORD_BYTES;
    }

    /**
     * Longest between two polls of a thread that has all partitions and whose every record waits
     * for room as long as it may, twice over: Kafka Streams polls again at half of it.
     */
    Duration pollInterval(AppConfig config) {
        long records = (long) queue * config.topics().partitions() + poll;
        Duration blocked = config.barrier().timeout().multipliedBy(2 * records);
        return blocked.compareTo(LEAST_POLL_INTERVAL) > 0 ? blocked : LEAST_POLL_INTERVAL;
    }
}
