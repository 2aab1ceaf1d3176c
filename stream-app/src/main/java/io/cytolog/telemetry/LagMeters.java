// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Shows the last reading of the lag, or none when the broker does not answer. */
final class LagMeters implements LagListener {

    private final MultiGauge records;
    private volatile double seconds = Double.NaN;

    LagMeters(MeterRegistry registry) {
        this.records =
                MultiGauge.builder("cytolog.consumer.lag")
                        .baseUnit("records")
                        .description("Log end minus committed position.")
                        .register(registry);
        TimeGauge.builder("cytolog.time.lag", this, TimeUnit.SECONDS, meters -> meters.seconds)
                .description("Age of the oldest image without a committed result.")
                .register(registry);
    }

    @Override
    public void lagRead(Lag lag) {
        records.register(
                lag.records().entrySet().stream().<Row<?>>map(LagMeters::row).toList(), true);
        seconds = lag.time().toMillis() / 1000.0;
    }

    @Override
    public void lagUnknown() {
        records.register(List.of(), true);
        seconds = Double.NaN;
    }

    private static Row<Number> row(Map.Entry<TopicPartition, Long> lag) {
        TopicPartition partition = lag.getKey();
        return Row.of(
                Tags.of(
                        "topic", partition.topic(),
                        "partition", Integer.toString(partition.partition())),
                lag.getValue());
    }
}
