// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.Rejection;
import io.cytolog.topology.FlowListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what this process made of its images. A transaction that fails brings its images again,
 * and they count again: exact numbers are those of the committed topics. Safe for any thread.
 */
final class FlowMeters implements FlowListener {

    private final Counter annotated;
    private final Counter rejected;
    private final MeterProvider<Counter> cells;
    private final MeterProvider<Counter> rejections;
    private final Timer barrier;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();

    FlowMeters(MeterRegistry registry) {
        this.annotated = outcome(registry, "annotated");
        this.rejected = outcome(registry, "rejected");
        this.cells =
                Counter.builder("cytolog.cells")
                        .description("Cells by the finding given and whether it was withheld.")
                        .withRegistry(registry);
        this.rejections =
                Counter.builder("cytolog.images.rejected")
                        .description("Images turned away by step and reason.")
                        .withRegistry(registry);
        this.barrier =
                Timer.builder("cytolog.barrier.wait")
                        .description("Time that a commit waited for the images in flight.")
                        .register(registry);
        Gauge.builder("cytolog.in.flight", inFlight, AtomicInteger::get)
                .baseUnit("images")
                .description("Images taken from the topic whose result was not yet forwarded.")
                .register(registry);
        Gauge.builder("cytolog.held", held, AtomicLong::get)
                .baseUnit("bytes")
                .description("Records, pixels and results of the images in flight.")
                .register(registry);
    }

    @Override
    public void inFlightChanged(int change) {
        inFlight.addAndGet(change);
    }

    @Override
    public void heldChanged(long bytes) {
        held.set(bytes);
    }

    @Override
    public void annotated(PreparedImage image, ImageAnnotation annotation) {
        annotated.increment();
        annotation.cells().forEach(this::count);
    }

    @Override
    public void rejected(Rejection rejection) {
        rejected.increment();
        rejections
                .withTags(
                        Tags.of(
                                "stage", label(rejection.stage()),
                                "reason", label(rejection.reason())))
                .increment();
    }

    @Override
    public void barrierWaited(Duration waited) {
        barrier.record(waited);
    }

    private void count(CellResult cell) {
        cells.withTags(
                        Tags.of(
                                "finding", cell.annotation().findingId(),
                                "abstained", Boolean.toString(cell.annotation().abstained())))
                .increment();
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("cytolog.images")
                .description("Images that got a result by its outcome.")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
