// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.batch.BatchListener;
import io.cytolog.serving.ServingListener;
import io.cytolog.topology.FlowListener;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** All meters of a process and the text that Prometheus reads. Safe for any thread. */
public final class Telemetry implements AutoCloseable {

    /** What {@link #scrape} is to be sent as. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final BatchMeters batch = new BatchMeters(registry);
    private final FlowMeters flow = new FlowMeters(registry);
    private final LagMeters lag = new LagMeters(registry);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Timer arrivalToCommitted;
    private final ServingMeters serving = new ServingMeters(registry);

    public Telemetry() {
        this.arrivalToCommitted =
                Timer.builder("cytolog.arrival.to.committed")
                        .description(
                                "Time from an image's record to the moment its result can be read.")
                        .serviceLevelObjectives(LATENCIES)
                        .register(registry);
        // Their names break Prometheus' rules, and process_cpu_usage says the same.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** To be told by the batcher. */
    public BatchListener batch() {
        return batch;
    }

    /** To be told by the topology. */
    public FlowListener flow() {
        return flow;
    }

    /** To be told by a {@link LagWatch}. */
    public LagListener lag() {
        return lag;
    }

    /** A result became readable this long after its image's record. */
    public void committed(Duration afterArrival) {
        arrivalToCommitted.record(afterArrival);
    }

    /** To be told by what serves. */
    public ServingListener serving() {
        return serving;
    }

    /** All meters in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
