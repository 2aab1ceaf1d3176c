// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.Rejection;
import io.cytolog.topology.FlowListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the harness how many images are in flight, so that a fault can be aimed at them. Told by
 * stream threads; a thread of its own writes, so that none of them waits for the harness.
 */
final class InFlightReport implements FlowListener {

    private static final long EVERY_MILLIS = 10;

    private final AtomicInteger inFlight = new AtomicInteger();

    private InFlightReport() {}

    static InFlightReport to(PrintStream out) {
        InFlightReport report = new InFlightReport();
        Thread.ofPlatform().daemon().name("chaos-report").start(() -> report.write(out));
        return report;
    }

    private void write(PrintStream out) {
        int told = 0;
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                int now = inFlight.get();
                if (now != told) {
                    told = now;
                    out.println(Instance.IN_FLIGHT + now);
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void inFlightChanged(int change) {
        inFlight.addAndGet(change);
    }

    @Override
    public void heldChanged(long bytes) {}

    @Override
    public void annotated(PreparedImage image, ImageAnnotation annotation) {}

    @Override
    public void rejected(Rejection rejection) {}

    @Override
    public void barrierWaited(Duration waited) {}
}
