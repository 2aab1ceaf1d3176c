// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.app.Parts;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.batch.Batcher;
import io.cytolog.batch.Priority;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.image.CellPixels;
import io.cytolog.release.Release;
import io.cytolog.standalone.ReleaseFolder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long STAT and ROUTINE images stand in the batcher under several loads, with the
 * shipped policy and answers at a steady pace. A thread a lane submits.
 */
public final class LaneSoak {

    private static final int STAT_CELLS = 4;
    private static final int ROUTINE_CELLS = 20;

    /** One ROUTINE image in so many is a large field. */
    private static final int LARGE_EVERY = 25;

    private static final int LARGE_CELLS = 200;

    private final LaneSettings settings;
    private final PrintStream out;

    public LaneSoak(LaneSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs; what was broken of what was stated, empty when nothing was. */
    public List<String> run() throws Exception {
        AppConfig config =
                ConfigReader.ofDefaults()
                        .with("release.path", settings.release().toString())
                        .read();
        BatchPolicy policy =
                new BatchPolicy(
                        1,
                        config.batch().maxSize(),
                        config.batch().maxDelay(),
                        config.batch().maxBytes().bytes(),
                        config.barrier().timeout().dividedBy(2),
                        config.batch().statLead());
        double bound = routineBound(policy);
        out.printf(
                Locale.ROOT,
                "%.0f cells/s, %.0f %% of the cells STAT; a ROUTINE image waits at most %.2f s%n",
                settings.cellsPerSecond(),
                100 * settings.statShare(),
                bound);
        out.println("| load | lane | images | p50 | p99 | longest |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        List<String> broken = new ArrayList<>();
        Release release = ReleaseFolder.read(settings.release());
        for (double load : settings.loads()) {
            LaneWaits waits = load(load, policy, release, Parts.of(config));
            row(load, Priority.STAT, waits);
            double longest = row(load, Priority.ROUTINE, waits);
            if (longest > bound) {
                broken.add(
                        String.format(
                                Locale.ROOT,
                                "at %.0f %% load a ROUTINE image waited %.2f s",
                                100 * load,
                                longest));
            }
        }
        return broken;
    }

    /** The lead, twice what may stand before it in its lane and itself, the run under way. */
    private double routineBound(BatchPolicy policy) {
        double backlog = policy.maxBacklog().toNanos() / 1e9 / 2;
        double largest = LARGE_CELLS / settings.cellsPerSecond();
        double run = policy.maxSize() / settings.cellsPerSecond();
        return policy.statLead().toNanos() / 1e9 + 2 * (backlog + largest) + run;
    }

    private LaneWaits load(double load, BatchPolicy policy, Release release, Parts parts)
            throws Exception {
        LaneWaits waits = new LaneWaits();
        double cells = load * settings.cellsPerSecond();
        CellPixels cell = release.golden().pixels().getFirst();
        try (Batcher batcher =
                Batcher.start(
                        () ->
                                new PacedAnnotator(
                                        new RepeatedAnswer(
                                                parts.opener().open(release, policy.maxSize()),
                                                cell),
                                        settings.cellsPerSecond()),
                        policy,
                        System::nanoTime,
                        waits)) {
            batcher.opened().get();
            Thread stat =
                    feeder(batcher, Priority.STAT, cell, STAT_CELLS, settings.statShare() * cells);
            Thread routine =
                    feeder(
                            batcher,
                            Priority.ROUTINE,
                            cell,
                            ROUTINE_CELLS,
                            (1 - settings.statShare()) * cells);
            stat.join();
            routine.join();
        }
        return waits;
    }

    private Thread feeder(
            Batcher batcher, Priority lane, CellPixels cell, int usual, double cellsPerSecond) {
        return Thread.ofPlatform()
                .name("lane-" + lane)
                .daemon()
                .start(() -> feed(batcher, lane, cell, usual, cellsPerSecond));
    }

    private void feed(
            Batcher batcher, Priority lane, CellPixels cell, int usual, double cellsPerSecond) {
        long end = System.nanoTime() + settings.each().toNanos();
        long next = System.nanoTime();
        try {
            for (int image = 1; System.nanoTime() < end; image++) {
                boolean large = lane == Priority.ROUTINE && image % LARGE_EVERY == 0;
                int cells = large ? LARGE_CELLS : usual;
                batcher.submit(Collections.nCopies(cells, cell), lane);
                next += Math.round(cells / cellsPerSecond * Duration.ofSeconds(1).toNanos());
                // What was held back is not made up for: it waits in the topic.
                next = Math.max(next, System.nanoTime());
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double row(double load, Priority lane, LaneWaits waits) {
        double[] sorted = waits.sorted(lane);
        if (sorted.length == 0) {
            return 0;
        }
        double longest = sorted[sorted.length - 1];
        out.printf(
                Locale.ROOT,
                "| %.0f %% | %s | %,d | %.0f ms | %.0f ms | %.0f ms |%n",
                100 * load,
                lane,
                sorted.length,
                1e3 * sorted[sorted.length / 2],
                1e3 * sorted[(int) (0.99 * (sorted.length - 1))],
                1e3 * longest);
        return longest;
    }
}
