// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import java.time.Duration;
import java.util.List;

/**
 * What a row did between two moments, both while images still waited, so that what was in flight at
 * the one end weighs against what was at the other.
 *
 * @param images with a result
 */
record Window(long images, Duration length, Duration cpu) {

    /** Images that must still wait at the end, as a share of all. */
    private static final double REST = 0.03;

    /**
     * From the first result after the warm-up to the last result before the end.
     *
     * @param warm after the first result of all
     * @param longest of the window
     * @param filled images that were there to be worked on
     */
    static Window of(List<Sample> samples, Duration warm, Duration longest, long filled) {
        if (samples.isEmpty()) {
            throw new IllegalStateException("no result became visible");
        }
        long from = samples.getFirst().nanos() + warm.toNanos();
        Sample first =
                samples.stream()
                        .filter(sample -> sample.nanos() >= from)
                        .findFirst()
                        .orElse(samples.getFirst());
        long most = (long) (filled * (1 - REST));
        Sample last =
                samples.stream()
                        .filter(s -> s.nanos() - first.nanos() <= longest.toNanos())
                        .filter(s -> s.count() <= most)
                        .reduce((earlier, later) -> later)
                        .orElse(first);
        if (last.nanos() <= first.nanos()) {
            throw new IllegalStateException(
                    "%d images were worked off before a window could open; give more seconds"
                            .formatted(filled));
        }
        return new Window(
                last.count() - first.count(),
                Duration.ofNanos(last.nanos() - first.nanos()),
                Duration.ofNanos(last.cpuNanos() - first.cpuNanos()));
    }

    double imagesPerSecond() {
        return images / (length.toNanos() / 1e9);
    }

    double cpuSecondsPer1000() {
        return cpu.toNanos() / 1e9 / images * 1000;
    }
}
