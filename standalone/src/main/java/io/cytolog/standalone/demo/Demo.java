// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One demo from start to end: starts the stack, watches the feed, and gives the account. Owned by
 * the thread that plays it; {@link #stop} may come from any.
 */
public final class Demo {

    private static final long LOOK_MS = 50;
    private static final long LOOK_DEEPER_EVERY = 20;

    private final DemoSettings settings;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final FeedAccount account = new FeedAccount();
    private Instant began = Instant.EPOCH;

    public Demo(
            DemoSettings settings,
            InstantSource clock,
            PrintStream out,
            PrintStream err,
            Style style) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
        this.err = err;
        this.style = style;
    }

    /**
     * How a demo ended.
     *
     * @param shortfall why the account is not complete; empty when all is well
     */
    public record Ending(DemoSummary summary, Optional<String> shortfall) {}

    /** Asks the demo to end; {@link #play} then returns with the account so far. */
    public void stop() {
        if (stop.complete(null)) {
            err.println("Stopping.");
        }
    }

    /** Plays the feed to its end, or until {@link #stop}. */
    public Ending play() throws IOException, InterruptedException {
        // The user's wait begins with the JVM, not with this method.
        began = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        OutFolder.prepare(settings.out());
        Path work = Files.createTempDirectory("cytolog-demo-");
        var log = new StartLog(err, style, clock, began);
        err.println("Starting a broker, a registry, Kafka Connect and the stream.");
        var listeners = List.of(account, new ResultPrinter(out, style));
        try {
            Optional<String> shortfall = play(work, log, listeners);
            return end(shortfall);
        } finally {
            OutFolder.delete(work);
        }
    }

    private Optional<String> play(Path work, StartLog log, List<FeedListener> listeners)
            throws IOException, InterruptedException {
        var started = DemoStack.start(settings, work, log, listeners, clock, stop);
        if (started.isEmpty()) {
            return unfinished();
        }
        try (var stack = started.get()) {
            return watch(stack);
        }
    }

    private Optional<String> watch(DemoStack stack) throws InterruptedException {
        err.println("The page is " + stack.page() + "; Ctrl-C ends.");
        var patience = new Patience(settings.stall());
        boolean told = false;
        for (long look = 0; !stopped(); look++) {
            if (look % LOOK_DEEPER_EVERY == 0 && stack.failure().isPresent()) {
                return stack.failure();
            }
            boolean done = done(stack);
            if (done && settings.exitWhenDone()) {
                return Optional.empty();
            }
            if (done && !told) {
                told = true;
                tellDone(stack);
            }
            if (settings.exitWhenDone() && patience.isOut(account.steps())) {
                return Optional.of(stalled());
            }
        }
        return unfinished();
    }

    /** Stopping a demo that was to come to its end leaves it short; any other is just over. */
    private Optional<String> unfinished() {
        return settings.exitWhenDone()
                ? Optional.of("stopped before every image had its outcome")
                : Optional.empty();
    }

    /** Looks after a moment whether somebody asked to stop. */
    private boolean stopped() throws InterruptedException {
        try {
            stop.get(LOOK_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean done(DemoStack stack) {
        return account.captured() >= settings.images().files().size()
                && account.addsUp()
                && account.allSummarised()
                && stack.resultsWritten(account.summariesRead());
    }

    private void tellDone(DemoStack stack) {
        new SlideTable(style).print(account.rows(), out);
        out.println();
        out.println(
                "All images that came have their outcome. New ones in %s are taken too; the page stays at %s; Ctrl-C ends."
                        .formatted(settings.images().root(), stack.page()));
    }

    private String stalled() {
        return "no progress for %d s: %,d image files, %,d captured, %,d with an outcome; look into %s"
                .formatted(
                        settings.stall().toSeconds(),
                        settings.images().files().size(),
                        account.captured(),
                        account.done(),
                        settings.out().resolve("cytolog.log"));
    }

    private Ending end(Optional<String> shortfall) throws IOException {
        DemoSummary summary = account.summary(settings.images().files().size(), began);
        summary.write(settings.out().resolve(OutFolder.SUMMARY));
        new SlideTable(style).print(account.rows(), out);
        out.println();
        out.println(totals(summary));
        if (summary.annotated() > 0) {
            out.println(startedIn(summary));
        }
        out.println("Results: " + settings.out());
        if (shortfall.isEmpty() && settings.exitWhenDone() && !summary.addsUp()) {
            return new Ending(
                    summary,
                    Optional.of(
                            "%,d captured but %,d annotated and %,d rejected"
                                    .formatted(
                                            summary.captured(),
                                            summary.annotated(),
                                            summary.rejected())));
        }
        return new Ending(summary, shortfall);
    }

    private static String startedIn(DemoSummary summary) {
        return String.format(
                Locale.ROOT,
                "The first annotated image came %.1f s after the start.",
                summary.firstResultMs() / 1000.0);
    }

    private static String totals(DemoSummary summary) {
        return String.format(
                Locale.ROOT,
                "%,d captured = %,d annotated + %,d rejected; %,d cells, %,d abstained; arrival to committed %,d ms at the median, %,d ms at the 99th percentile; %.1f images/s",
                summary.captured(),
                summary.annotated(),
                summary.rejected(),
                summary.cells(),
                summary.abstained(),
                summary.p50Ms(),
                summary.p99Ms(),
                summary.imagesPerSecond());
    }

    /** Runs out when nothing moves for a while. */
    private static final class Patience {
        private final long limit;
        private long steps = -1;
        private long since = System.nanoTime();

        Patience(Duration limit) {
            this.limit = limit.toNanos();
        }

        boolean isOut(long now) {
            if (now != steps) {
                steps = now;
                since = System.nanoTime();
            }
            return System.nanoTime() - since > limit;
        }
    }
}
