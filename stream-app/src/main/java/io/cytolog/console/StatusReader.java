// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.release.ReleaseId;
import io.cytolog.telemetry.Lag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what the page's tiles show. Safe for any thread; waits for nothing. */
public final class StatusReader {

    private final FeedStatistics statistics;
    private final Supplier<Optional<Lag>> lag;
    private final String capturedTopic;
    private final Supplier<Optional<ReleaseId>> release;
    private final Health health;
    private final InstantSource clock;

    /**
     * @param capturedTopic full name of the topic whose lag is shown
     * @param release the one that serves; none before it is loaded
     */
    public StatusReader(
            FeedStatistics statistics,
            Supplier<Optional<Lag>> lag,
            String capturedTopic,
            Supplier<Optional<ReleaseId>> release,
            Health health,
            InstantSource clock) {
        this.statistics = statistics;
        this.lag = lag;
        this.capturedTopic = capturedTopic;
        this.release = release;
        this.health = health;
        this.clock = clock;
    }

    Health health() {
        return health;
    }

    /** Tells this run of the process from the next. */
    String process() {
        return Long.toString(statistics.startedAt().toEpochMilli());
    }

    StatusView read() {
        FeedStatistics.Totals totals = statistics.totals();
        Optional<Lag> now = lag.get();
        return new StatusView(
                process(),
                health.ready(),
                release.get().map(ReleaseId::value).orElse(null),
                seconds(Duration.between(statistics.startedAt(), clock.instant())),
                statistics.imagesPerSecond(),
                now.map(l -> l.recordsOf(capturedTopic)).orElse(null),
                now.map(l -> seconds(l.time())).orElse(null),
                boxed(statistics.latencyMs(0.50)),
                boxed(statistics.latencyMs(0.99)),
                totals.images(),
                totals.cells(),
                totals.abstained(),
                totals.abstainedShare(),
                totals.rejected());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
