// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * How far a command is: a bar where a person looks, else a line every tenth of the way. Owned by
 * one thread.
 */
final class Progress implements AutoCloseable {

    private static final int PARTS = 10;

    private final String task;
    private final long total;
    private final PrintStream err;
    private final Optional<ProgressBar> bar;
    private long part;

    Progress(String task, long total, Terminal terminal, PrintStream err) {
        this.task = task;
        this.total = total;
        this.err = err;
        this.bar = terminal.err() ? Optional.of(bar(task, total)) : Optional.empty();
    }

    /**
     * @param detail shown behind the bar
     */
    void at(long done, String detail) {
        bar.ifPresentOrElse(shown -> shown.stepTo(done).setExtraMessage(detail), () -> line(done));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }

    private void line(long done) {
        long now = done * PARTS / total;
        if (now > part) {
            part = now;
            err.printf("%s: %,d of %,d%n", task, done, total);
        }
    }

    private static ProgressBar bar(String task, long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .startsFrom(0, Duration.ZERO)
                .build();
    }
}
