// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.standalone.demo.Style.Tone;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells, part by part, what has started and how long after the command. Any thread may call it. */
final class StartLog {

    private final PrintStream err;
    private final Style style;
    private final InstantSource clock;
    private final Instant began;

    /**
     * @param began start of the process
     */
    StartLog(PrintStream err, Style style, InstantSource clock, Instant began) {
        this.err = err;
        this.style = style;
        this.clock = clock;
        this.began = began;
    }

    void ready(String part, String where) {
        double seconds = Duration.between(began, clock.instant()).toMillis() / 1000.0;
        err.println(
                style.in(
                        Tone.QUIET,
                        String.format(Locale.ROOT, "%5.1f s  %-9s %s", seconds, part, where)));
    }
}
