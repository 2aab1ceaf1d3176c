// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.batch.BatchListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Measures how full the processor is kept. Safe for any thread. */
final class BatchMeters implements BatchListener {

    private final DistributionSummary size;
    private final Timer wait;
    private final Timer run;
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
    public void queueChanged(long bytes) {
        queuedBytes.set(bytes);
    }
}
