// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.release.SizedRelease;
import io.cytolog.bench.report.Load;
import io.cytolog.bench.report.Measured;
import io.cytolog.bench.report.ResultFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every row at every encoder size with every kind of picture, the limit first since the loads
 * follow from it. What is in the file already is not measured again.
 */
public final class Matrix {

    private static final double MEBIBYTE = 1 << 20;

    /** Images beyond warm-up and window, so that some still wait when the window closes. */
    private static final double RESERVE = 1.25;

    private static final int LEAST_IMAGES = 120;

    private final Stand stand;
    private final Plan plan;
    private final Path release;
    private final Path work;
    private final ResultFile results;
    private final PrintStream progress;

    public Matrix(
            Stand stand,
            Plan plan,
            Path release,
            Path work,
            ResultFile results,
            PrintStream progress) {
        this.stand = stand;
        this.plan = plan;
        this.release = release;
        this.work = work;
        this.results = results;
        this.progress = progress;
    }

    public void run(List<Row> rows, List<Integer> sides, List<Picture> pictures) throws Exception {
        int cells = rows.size() * sides.size() * pictures.size();
        int cell = 0;
        for (Picture picture : pictures) {
            for (int side : sides) {
                for (Row row : limitFirst(rows)) {
                    cell++;
                    if (results.find(row.label(), side, picture.label()).isEmpty()) {
                        String name =
                                "[%d/%d] %s %d px %s"
                                        .formatted(
                                                Math.min(cell, cells),
                                                cells,
                                                picture.label(),
                                                side,
                                                row.label());
                        results.add(measure(name, row, side, picture));
                    }
                }
            }
        }
    }

    private static List<Row> limitFirst(List<Row> rows) {
        List<Row> ordered = new ArrayList<>(rows);
        ordered.remove(Row.LIMIT);
        ordered.addFirst(Row.LIMIT);
        return ordered;
    }

    private Measured measure(String name, Row row, int side, Picture picture) throws Exception {
        Path sized = SizedRelease.of(release, side, work);
        Path folder = picture.folder(work);
        return row == Row.LIMIT
                ? limit(name, side, picture, sized, folder)
                : streamed(name, row, side, picture, sized, ImageSet.read(folder));
    }

    private Measured limit(String name, int side, Picture picture, Path sized, Path folder)
            throws Exception {
        Limit limit = Limit.measure(plan, sized, folder, work);
        Window window = limit.window();
        say(name, window);
        return new Measured(
                Row.LIMIT.label(),
                side,
                picture.label(),
                ImageSet.read(folder).meanBytes(),
                window.imagesPerSecond(),
                window.cpuSecondsPer1000(),
                window.images(),
                seconds(window.length()),
                limit.peakBytes() / MEBIBYTE,
                window.images(),
                0,
                0,
                List.of());
    }

    private Measured streamed(
            String name, Row row, int side, Picture picture, Path sized, ImageSet images)
            throws Exception {
        double limit =
                results.find(Row.LIMIT.label(), side, picture.label())
                        .orElseThrow()
                        .imagesPerSecond();
        double seconds = seconds(plan.warm().plus(plan.point()));
        int filled = (int) Math.max(LEAST_IMAGES, limit * seconds * RESERVE);
        try (RowRun run = new RowRun(stand, row, plan, sized, images, work, filled)) {
            // A row may be many times slower than the limit and still be measured.
            Window window = run.throughput(Duration.ofSeconds(60 + (long) (10 * seconds)));
            say(name, window);
            if (!run.awaitAll(Duration.ofSeconds(60 + (long) (10 * seconds)))) {
                throw new IllegalStateException(
                        "%s left %d of %d images without a result"
                                .formatted(row.label(), run.missing(), filled));
            }
            List<Load> loads = new ArrayList<>();
            double reached = window.imagesPerSecond();
            loads.add(load(name, run, "50%", 0.5 * reached));
            loads.add(load(name, run, "90%", 0.9 * reached));
            if (0.5 * limit < reached) {
                loads.add(load(name, run, "common", 0.5 * limit));
            }
            if (run.rejected() > 0) {
                throw new IllegalStateException(
                        "%s turned %d images away".formatted(row.label(), run.rejected()));
            }
            return new Measured(
                    row.label(),
                    side,
                    picture.label(),
                    images.meanBytes(),
                    reached,
                    window.cpuSecondsPer1000(),
                    window.images(),
                    seconds(window.length()),
                    run.cost().peakBytes() / MEBIBYTE,
                    run.sent(),
                    run.repeated(),
                    run.missing(),
                    loads);
        }
    }

    private Load load(String name, RowRun run, String label, double perSecond) throws Exception {
        Load load = run.load(label, perSecond);
        progress.printf(
                "%s: %s, %.0f/s: p50 %.0f ms, p99 %.0f ms%s%n",
                name,
                label,
                perSecond,
                load.p50(),
                load.p99(),
                load.kept() ? "" : ", did not keep up");
        return load;
    }

    private void say(String name, Window window) {
        progress.printf(
                "%s: %.1f images/s, %.2f CPU-s for 1,000 (%d images in %.1f s)%n",
                name,
                window.imagesPerSecond(),
                window.cpuSecondsPer1000(),
                window.images(),
                seconds(window.length()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
