// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.batch.BatchListener;
import io.cytolog.batch.Priority;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Measures how full the processor is kept. Safe for any thread. */
final class BatchMeters implements BatchListener {

    private static final Duration[] WAITS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final DistributionSummary size;
    private final Timer wait;
    private final Timer run;
    private final Map<Priority, Timer> lanes;
    private final AtomicLong queuedBytes = new AtomicLong();

    BatchMeters(MeterRegistry registry) {
        this.size =
                DistributionSummary.builder("cytolog.batch.size")
                        .description("Cells embedded in one session run, padding not counted.")
                        .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
                        .register(registry);
        this.wait =
                Timer.builder("cytolog.batch.wait")
                        .description("Time that the oldest cell of a batch stood in the queue.")
                        .register(registry);
        this.run =
                Timer.builder("cytolog.session.run")
                        .description("Duration of one session run.")
                        .register(registry);
        this.lanes =
                Map.of(
                        Priority.STAT, lane(registry, Priority.STAT),
                        Priority.ROUTINE, lane(registry, Priority.ROUTINE));
        Gauge.builder("cytolog.queue", queuedBytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("Pixels of the cells that wait for the batcher.")
                .register(registry);
    }

    @Override
    public void batchRan(int cells, Duration waited, Duration ran) {
        size.record(cells);
        wait.record(waited);
        run.record(ran);
    }

    @Override
    public void imageLeft(Priority lane, Duration waited) {
        Objects.requireNonNull(lanes.get(lane)).record(waited);
    }

    @Override
    public void queueChanged(long bytes) {
        queuedBytes.set(bytes);
    }

    private static Timer lane(MeterRegistry registry, Priority lane) {
        return Timer.builder("cytolog.lane.wait")
                .description("Time that an image stood in the queue by its lane.")
                .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }
}
