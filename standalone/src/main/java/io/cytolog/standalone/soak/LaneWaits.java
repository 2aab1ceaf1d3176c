// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.batch.BatchListener;
import io.cytolog.batch.Priority;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Gathers how long images stood in the batcher. Guarded by its monitor. */
final class LaneWaits implements BatchListener {

    private final Map<Priority, DoubleStream.Builder> seconds = new EnumMap<>(Priority.class);

    LaneWaits() {
        for (Priority lane : Priority.values()) {
            seconds.put(lane, DoubleStream.builder());
        }
    }

    @Override
    public void batchRan(int cells, Duration waited, Duration ran) {}

    @Override
    public synchronized void imageLeft(Priority lane, Duration waited) {
        seconds.get(lane).add(waited.toNanos() / 1e9);
    }

    @Override
    public void queueChanged(long bytes) {}

    /** All waits of a lane, shortest first; ends the gathering. */
    synchronized double[] sorted(Priority lane) {
        double[] waits = seconds.get(lane).build().toArray();
        Arrays.sort(waits);
        return waits;
    }
}
