// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import io.cytolog.serving.ReleaseRole;
import io.cytolog.standalone.WorkFolder;
import io.cytolog.standalone.chaos.NumberedFeed;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.cluster.DecisionWriter;
import io.cytolog.standalone.soak.SwapReleases.Copy;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Swaps releases under a steady load, many times, bad ones among them, and audits what was
 * committed. Broker and stream-app are processes of their own. The command's thread runs it; the
 * feed and the samples have threads of their own.
 */
public final class SwapSoak {

    private static final int BAD_EVERY = 10;
    private static final double UNSLOWED = 1e9;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);

    private final SwapSettings settings;
    private final PrintStream out;
    private final InstantSource clock;
    private final ConcurrentLinkedQueue<JvmSample> samples = new ConcurrentLinkedQueue<>();
    private final List<SwapRow> rows = new ArrayList<>();
    private final TreeMap<Instant, String> changes = new TreeMap<>();
    private final List<Instant> phases = new ArrayList<>();
    private int swaps;
    private int badAnnounced;

    public SwapSoak(SwapSettings settings, PrintStream out, InstantSource clock) {
        this.settings = settings;
        this.out = out;
        this.clock = clock;
    }

    /** Runs; the curve and the numbers are written even when it is interrupted. */
    public SwapVerdict run() throws IOException, InterruptedException {
        Files.createDirectories(settings.out());
        try (WorkFolder work = WorkFolder.create("cytolog-swaps");
                ChildJvm broker = startBroker(work.path())) {
            SwapReleases releases =
                    SwapReleases.make(settings.release(), work.path().resolve("releases"));
            List<String> addresses = broker.awaitReady();
            return against(addresses.get(0), addresses.get(1), releases, work.path());
        } finally {
            write();
        }
    }

    private SwapVerdict against(String broker, String registry, SwapReleases releases, Path work)
            throws IOException, InterruptedException {
        try (ChildJvm stream = startStream(broker, registry, releases, work);
                MetricsPage metrics = new MetricsPage(URI.create(stream.awaitReady().getFirst()));
                NumberedFeed feed = new NumberedFeed(broker, registry);
                DecisionWriter writer =
                        new DecisionWriter(cluster(broker, registry), "soak", clock);
                SwapAudit audit = new SwapAudit(broker, registry, clock)) {
            Thread.ofPlatform().daemon().name("swap-samples").start(() -> sample(stream));
            CompletableFuture<Void> publishing =
                    CompletableFuture.runAsync(
                            () -> feed.publish(Integer.MAX_VALUE, settings.perSecond()));
            play(releases, writer, audit);
            feed.stop();
            publishing.join();
            awaitAll(audit, feed);
            Files.write(settings.out().resolve("answers.csv"), audit.csv());
            return verdict(releases, audit, feed, metrics.read(), stream.isAlive());
        }
    }

    private void play(SwapReleases releases, DecisionWriter writer, SwapAudit audit)
            throws IOException, InterruptedException {
        watch(WARM_UP, audit);
        phases.add(clock.instant());
        watch(settings.calm(), audit);
        phases.add(clock.instant());
        while (swaps < settings.swaps()) {
            if (swaps % BAD_EVERY == BAD_EVERY / 2) {
                announceBad(releases, writer, audit);
            }
            Copy next = releases.good().get((swaps + 1) % releases.good().size());
            changes.put(announce(writer, next, audit), next.id().value());
            swaps++;
            watch(settings.every(), audit);
        }
        watch(Duration.ofSeconds(3), audit);
        phases.add(clock.instant());
        watch(settings.calm(), audit);
        phases.add(clock.instant());
    }

    private void announceBad(SwapReleases releases, DecisionWriter writer, SwapAudit audit)
            throws IOException, InterruptedException {
        Copy bad = releases.bad().get(badAnnounced % releases.bad().size());
        announce(writer, bad, audit);
        badAnnounced++;
    }

    /** As soon as may be, and reading on meanwhile: a result counts when it could be read. */
    private Instant announce(DecisionWriter writer, Copy copy, SwapAudit audit)
            throws IOException, InterruptedException {
        FutureTask<Instant> announced =
                new FutureTask<>(
                        () ->
                                writer.announce(
                                        "default",
                                        copy.id(),
                                        copy.location(),
                                        ReleaseRole.SERVE,
                                        1,
                                        Instant.EPOCH));
        Thread.ofPlatform().daemon().name("swap-announcer").start(announced);
        while (!announced.isDone()) {
            watch(Duration.ofMillis(1), audit);
        }
        try {
            return announced.get();
        } catch (ExecutionException e) {
            throw new IOException("the release cannot be announced", e.getCause());
        }
    }

    private void watch(Duration time, SwapAudit audit) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int outcomes = audit.read();
            for (JvmSample next = samples.poll(); next != null; next = samples.poll()) {
                rows.add(new SwapRow(rows.size(), next, swaps, badAnnounced, outcomes));
                progress(rows.getLast());
            }
        }
    }

    private void progress(SwapRow row) {
        if (rows.size() % 10 == 0) {
            out.printf(
                    Locale.ROOT,
                    "%4.0f s  %,d of %,d swaps, %d bad  %,d outcomes  heap live %d MiB  resident %d MiB%n",
                    row.seconds(),
                    row.swaps(),
                    settings.swaps(),
                    row.refused(),
                    row.outcomes(),
                    row.jvm().heapLive() >> 20,
                    row.jvm().resident() >> 20);
        }
    }

    private void awaitAll(SwapAudit audit, NumberedFeed feed) throws InterruptedException {
        long progress = System.nanoTime();
        int before = audit.read();
        while (before < feed.sent() && System.nanoTime() - progress < NO_PROGRESS.toNanos()) {
            if (audit.read() > before) {
                before = audit.read();
                progress = System.nanoTime();
            }
        }
        // A repetition would come within a few commit intervals.
        watch(Duration.ofSeconds(3), audit);
    }

    private SwapVerdict verdict(
            SwapReleases releases,
            SwapAudit audit,
            NumberedFeed feed,
            String metrics,
            boolean alive) {
        long[] calm =
                Stream.of(
                                audit.millis(phases.get(0), phases.get(1)),
                                audit.millis(phases.get(2), phases.get(3)))
                        .flatMapToLong(Arrays::stream)
                        .sorted()
                        .toArray();
        return new SwapVerdict(
                swaps,
                audit.changesSeen(changes),
                badAnnounced,
                feed.sent(),
                feed.refused(),
                audit.lost(feed.sent()),
                audit.repeated(),
                audit.misplaced(releases.good().getFirst().id().value(), changes),
                (long) MetricsPage.sum(metrics, "cytolog_release_misplaced_images_total"),
                p99(calm),
                p99(audit.millis(phases.get(1), phases.get(2))),
                lowestTenth(0.25, 0.5, row -> row.jvm().heapLive()),
                lowestTenth(0.75, 1, row -> row.jvm().heapLive()),
                mean(0.25, 0.5, row -> row.jvm().resident()),
                mean(0.75, 1, row -> row.jvm().resident()),
                (int) MetricsPage.sum(metrics, "cytolog_editions_resident"),
                alive);
    }

    private static long p99(long[] ascending) {
        return ascending.length == 0 ? 0 : ascending[(int) (ascending.length * 0.99)];
    }

    /**
     * Of what collections left, over a part of the swaps, the tenth that is lowest: a young
     * collection leaves old garbage as well, one of all leaves what is in use.
     */
    private long lowestTenth(double from, double until, ToLongFunction<SwapRow> bytes) {
        long[] left =
                rows.stream()
                        .filter(row -> row.swaps() > from * settings.swaps())
                        .filter(row -> row.swaps() <= until * settings.swaps())
                        .mapToLong(bytes)
                        .sorted()
                        .toArray();
        return left.length == 0 ? 0 : left[left.length / 10];
    }

    /** Over a part of the swaps. */
    private long mean(double from, double until, ToLongFunction<SwapRow> bytes) {
        return (long)
                rows.stream()
                        .filter(row -> row.swaps() > from * settings.swaps())
                        .filter(row -> row.swaps() <= until * settings.swaps())
                        .mapToLong(bytes)
                        .average()
                        .orElse(0);
    }

    private void sample(ChildJvm stream) {
        try {
            Optional<String> line = stream.nextLine();
            while (line.isPresent()) {
                JvmSample.of(line.get()).ifPresent(samples::add);
                line = stream.nextLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Path csv = settings.out().resolve("swaps.csv");
        Path png = settings.out().resolve("swaps.png");
        Files.write(
                csv,
                Stream.concat(Stream.of(SwapRow.HEADER), rows.stream().map(SwapRow::csv)).toList());
        SwapCurve.draw(
                "%,d swaps under %d images/s".formatted(swaps, settings.perSecond()), rows, png);
        out.printf("curve %s, numbers %s%n", png, csv);
    }

    // --- parts ---------------------------------------------------------------------------------

    private ChildJvm startBroker(Path work) throws IOException {
        return ChildJvm.start(
                "broker",
                settings.out().resolve("broker.log"),
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Dcytolog.registry.home=" + System.getProperty("cytolog.registry.home")),
                BrokerChild.class,
                List.of(work.toString()));
    }

    private ChildJvm startStream(String broker, String registry, SwapReleases releases, Path work)
            throws IOException {
        List<String> quoted =
                releases.trustedKeys().stream().map(key -> "\"" + key + "\"").toList();
        return ChildJvm.start(
                "stream-app",
                settings.out().resolve("stream-app.log"),
                List.of("-Xmx" + settings.heap(), "-XX:+UseSerialGC"),
                StreamChild.class,
                List.of(
                        Double.toString(UNSLOWED),
                        "application-id=soak-swaps",
                        "kafka.bootstrap-servers=" + broker,
                        "registry.url=" + registry,
                        "release.path=" + releases.good().getFirst().folder(),
                        "release.roots=[\"" + releases.root() + "\"]",
                        "release.trusted-keys=[" + String.join(", ", quoted) + "]",
                        "streams.state-dir=" + work.resolve("state"),
                        "inference.threads=1",
                        "console.port=0"));
    }

    private static Cluster cluster(String broker, String registry) {
        try {
            return new Cluster(
                    ConfigReader.ofDefaults()
                            .with("kafka.bootstrap-servers", broker)
                            .with("registry.url", registry)
                            .read());
        } catch (InvalidConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
