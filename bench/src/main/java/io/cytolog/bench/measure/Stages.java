// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import io.cytolog.bench.child.Program;
import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.report.Measured;
import io.cytolog.bench.report.ResultFile;
import io.cytolog.bench.row.Stage;
import io.cytolog.bench.row.StageRow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Throughput of Cytolog up to each of its stages, from a pre-filled topic each. */
public final class Stages {

    private static final double MEBIBYTE = 1 << 20;

    /** The first stage is so fast that more would only fill the disk. */
    private static final long MOST_BYTES = 3L << 29;

    private static final int LEAST_IMAGES = 500;

    private final Stand stand;
    private final Plan plan;
    private final Path release;
    private final Path work;
    private final ResultFile results;
    private final PrintStream progress;

    public Stages(
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

    /** Every stage at the release's own size. */
    public void run(Picture picture, int side) throws Exception {
        ImageSet images = ImageSet.read(picture.folder(work));
        double rate =
                Limit.measure(plan, release, picture.folder(work), work).window().imagesPerSecond();
        for (Stage stage : Stage.values()) {
            if (results.find(stage.name(), side, picture.label()).isEmpty()) {
                results.add(measure(stage, picture, side, images, rate));
            }
        }
    }

    private Measured measure(Stage stage, Picture picture, int side, ImageSet images, double limit)
            throws Exception {
        double seconds = plan.warm().plus(plan.point()).toNanos() / 1e9;
        long bound = (long) (MOST_BYTES / images.meanBytes());
        int filled =
                (int) Math.min(bound, Math.max(LEAST_IMAGES, limit * seconds * expected(stage)));
        Program program =
                new Program(StageRow.class.getName(), ChildJvm.ownClassPath(), RowRun.jvm(plan));
        try (RowRun run =
                new RowRun(
                        stand,
                        "stage-" + stage.name().toLowerCase(Locale.ROOT),
                        program,
                        stage.name(),
                        plan,
                        release,
                        images,
                        work,
                        filled,
                        true,
                        stage.takesWholeImages())) {
            Window window = run.throughput(Duration.ofSeconds(60 + (long) (10 * seconds)));
            progress.printf(
                    "%s %s: %.1f images/s, %.2f CPU-s for 1,000 (%d images in %.1f s)%n",
                    picture.label(),
                    stage,
                    window.imagesPerSecond(),
                    window.cpuSecondsPer1000(),
                    window.images(),
                    window.length().toNanos() / 1e9);
            return new Measured(
                    stage.name(),
                    side,
                    picture.label(),
                    images.meanBytes(),
                    window.imagesPerSecond(),
                    window.cpuSecondsPer1000(),
                    window.images(),
                    window.length().toNanos() / 1e9,
                    run.cost().peakBytes() / MEBIBYTE,
                    run.sent(),
                    0,
                    0,
                    List.of());
        }
    }

    /** How many times the limit a stage may do, generously. */
    private static double expected(Stage stage) {
        return switch (stage) {
            case PASS_THROUGH, GATE -> 8;
            case RECIPE -> 3;
            case SESSION, MATCH, SUMMARIES, NO_BARRIER -> 1.3;
        };
    }
}
