// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.report.LineChart.Point;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Cytolog's process had cost by so many images, in one run over a pre-filled topic. */
public final class Scale {

    private Scale() {}

    /**
     * @param counts of images, rising, from the end of the warm-up
     * @return images and CPU-seconds
     */
    public static List<Point> overImages(
            Stand stand, Plan plan, Path release, ImageSet images, Path work, List<Integer> counts)
            throws Exception {
        int warm = counts.getFirst();
        int filled = warm + counts.getLast() + plan.batch() * 8;
        try (RowRun run =
                new RowRun(stand, Row.EXACTLY_ONCE, plan, release, images, work, filled)) {
            if (!run.awaitAll(Duration.ofHours(1))) {
                throw new IllegalStateException(
                        "the row did not work off %d images".formatted(filled));
            }
            List<Sample> samples = run.samples();
            Sample start = atLeast(samples, warm);
            List<Point> points = new ArrayList<>();
            for (int count : counts) {
                Sample sample = atLeast(samples, start.count() + count);
                points.add(
                        new Point(
                                sample.count() - start.count(),
                                (sample.cpuNanos() - start.cpuNanos()) / 1e9));
            }
            return points;
        }
    }

    private static Sample atLeast(List<Sample> samples, long count) {
        return samples.stream()
                .filter(sample -> sample.count() >= count)
                .findFirst()
                .orElse(samples.getLast());
    }
}
