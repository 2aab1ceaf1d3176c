// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Instant;

/**
 * Where an image came in; carried along, since timers and drains have no source record.
 *
 * @param timestamp of the record
 */
public record RecordPosition(String topic, int partition, long offset, Instant timestamp) {

    @Override
    public String toString() {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
