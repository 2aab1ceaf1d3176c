// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.standalone.chaos.ChaosListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Prints each fault with its time since the start, and how far the run is every ten seconds. Owned
 * by the run's thread.
 */
final class ChaosReport implements ChaosListener {

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();
    private final long began = System.nanoTime();
    private long lastProgress = began;

    ChaosReport(PrintStream out) {
        this.out = out;
    }

    /** The events so far, with their times. */
    List<String> lines() {
        return lines;
    }

    @Override
    public void event(String line) {
        double seconds = (System.nanoTime() - began) / 1e9;
        String timed = String.format(Locale.ROOT, "%7.1f s  %s", seconds, line);
        lines.add(timed);
        out.println(timed);
    }

    @Override
    public void progress(int published, int outcomes, int faultsDone, int faults) {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            out.printf(
                    "%9s  %,d images in, %,d outcomes committed, %d of %d faults%n",
                    "", published, outcomes, faultsDone, faults);
        }
    }
}
