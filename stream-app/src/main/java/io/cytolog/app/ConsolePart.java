// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.console.CellPictures;
import io.cytolog.console.CommittedReader;
import io.cytolog.console.ConsoleServer;
import io.cytolog.console.ConsoleSettings;
import io.cytolog.console.ConsoleUnavailableException;
import io.cytolog.console.Feed;
import io.cytolog.console.FeedStatistics;
import io.cytolog.console.FeedWriter;
import io.cytolog.console.Health;
import io.cytolog.console.StatusReader;
import io.cytolog.release.ReleaseId;
import io.cytolog.serde.EventSerdes;
import io.cytolog.telemetry.KafkaLagProbe;
import io.cytolog.telemetry.Lag;
import io.cytolog.telemetry.LagWatch;
import io.cytolog.telemetry.Telemetry;
import io.cytolog.topology.FlowListener;
import io.cytolog.topology.StreamTopics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The page, the meters and what feeds them. Listens before there is a broker, so that probes are
 * answered while the rest starts. One thread starts and closes it.
 */
final class ConsolePart implements AutoCloseable {

    static final long PICTURE_BYTES = 32L << 20;
    private static final int WATCHERS = 64;
    private static final Duration LAG_EVERY = Duration.ofSeconds(2);

    private final AppConfig config;
    private final InstantSource clock;
    private final StreamTopics topics;
    private final Started started = new Started();
    private final Telemetry telemetry = started.keep("telemetry", new Telemetry());
    private final CellPictures pictures = new CellPictures(PICTURE_BYTES);
    private final Feed feed = new Feed(WATCHERS);
    private final FeedStatistics statistics;
    private final AtomicReference<Supplier<Optional<Lag>>> lag =
            new AtomicReference<>(Optional::empty);

    ConsolePart(AppConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.topics = StreamTopics.named(config.topics().prefix());
        this.statistics = new FeedStatistics(clock);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** To be told by the topology: meters, and pictures for the page. */
    FlowListener flow() {
        return telemetry.flow().and(pictures);
    }

    /**
     * Listens; nothing else needs to have started.
     *
     * @return the port
     */
    int serve(Health health, Supplier<Optional<ReleaseId>> release) throws StartupException {
        StatusReader status =
                new StatusReader(
                        statistics,
                        () -> lag.get().get(),
                        topics.captured().name(),
                        release,
                        health,
                        clock);
        ConsoleSettings settings =
                new ConsoleSettings(
                        config.console().bind(),
                        config.console().port(),
                        Set.copyOf(config.console().hosts()));
        ConsoleServer server = new ConsoleServer(settings, feed, pictures, status, telemetry);
        try {
            server.start();
        } catch (ConsoleUnavailableException e) {
            throw new StartupException(e.getMessage(), e);
        }
        return started.keep("console", server).port();
    }

    /** Follows what the stream commits, until the result is closed; its topics exist by now. */
    AutoCloseable follow(EventSerdes serdes) {
        Started followers = new Started();
        CommittedReader reader =
                followers.keep(
                        "committed reader",
                        CommittedReader.connect(
                                StreamSettings.client(config),
                                serdes,
                                config.topics().prefix(),
                                new FeedWriter(feed, statistics, telemetry),
                                clock));
        reader.start();
        LagWatch watch =
                followers.keep(
                        "lag watch",
                        new LagWatch(
                                KafkaLagProbe.connect(
                                        StreamSettings.client(config),
                                        config.applicationId(),
                                        List.of(
                                                topics.captured().name(),
                                                topics.annotated().name()),
                                        topics.captured().name(),
                                        clock),
                                telemetry.lag(),
                                LAG_EVERY));
        watch.start();
        lag.set(watch::latest);
        return followers;
    }

    @Override
    public void close() {
        started.close();
    }
}
