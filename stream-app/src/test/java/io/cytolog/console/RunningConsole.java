// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.release.ReleaseId;
import io.cytolog.telemetry.Lag;
import io.cytolog.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A console on a free port of loopback, fed by hand in place of a broker. */
final class RunningConsole implements AutoCloseable {

    static final int MOST_WATCHERS = 4;

    private final Clock clock = Clock.systemUTC();
    private final Telemetry telemetry = new Telemetry();
    final Feed feed = new Feed(MOST_WATCHERS);
    final CellPictures pictures = new CellPictures(32 << 20);
    final ConsoleServer server;
    private final FeedWriter writer;
    private final SyntheticPictures drawn = new SyntheticPictures(pictures);
    volatile boolean ready = true;

    RunningConsole() {
        this(0);
    }

    RunningConsole(int port) {
        this(new ConsoleSettings("127.0.0.1", port, Set.of("lab.example")));
    }

    static RunningConsole listening(ConsoleSettings settings) {
        return new RunningConsole(settings);
    }

    private RunningConsole(ConsoleSettings settings) {
        FeedStatistics statistics = new FeedStatistics(clock);
        Lag lag =
                new Lag(
                        Map.of(new TopicPartition("images.captured", 0), 3L),
                        Duration.ofMillis(240));
        StatusReader status =
                new StatusReader(
                        statistics,
                        () -> Optional.of(lag),
                        "images.captured",
                        () -> Optional.of(new ReleaseId(SyntheticFeed.RELEASE)),
                        new Health() {
                            @Override
                            public boolean live() {
                                return true;
                            }

                            @Override
                            public boolean ready() {
                                return ready;
                            }
                        },
                        clock);
        this.writer = new FeedWriter(feed, statistics, telemetry);
        this.server = new ConsoleServer(settings, feed, pictures, status, telemetry);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.port(), path);
    }

    void cell(int number) {
        publish(SyntheticFeed.cell(number, clock.instant()));
    }

    void field(int number, int cells) {
        publish(SyntheticFeed.field(number, cells, clock.instant()));
    }

    void publish(ImageAnnotated result) {
        drawn.draw(result);
        writer.annotated(result, result.getEmittedAt().plusMillis(12));
    }

    void withoutPicture(int number) {
        Instant now = clock.instant();
        writer.annotated(SyntheticFeed.cell(number, now), now);
    }

    void rejection(int number) {
        writer.rejected(SyntheticFeed.rejection(number, clock.instant()));
    }

    void summary(int slide) {
        writer.summarised(SyntheticFeed.summary(slide, clock.instant()));
    }

    @Override
    public void close() {
        server.close();
        telemetry.close();
    }
}
