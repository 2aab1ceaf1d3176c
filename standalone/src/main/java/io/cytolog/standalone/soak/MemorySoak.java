// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.config.InvalidConfigException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.WorkFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Feeds the stream-app many times what it can answer and watches its memory and its place in the
 * group. The command's thread runs it; the feed has a thread of its own.
 */
public final class MemorySoak {

    private static final String GROUP = "soak-memory";

    private final MemorySettings settings;
    private final PrintStream out;
    private final List<MemoryRow> rows = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();

    public MemorySoak(MemorySettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs; what was broken of what was stated, empty when nothing was. */
    public List<String> run() throws IOException, InterruptedException, InvalidConfigException {
        Files.createDirectories(settings.out());
        try (WorkFolder work = WorkFolder.create("cytolog-soak");
                ChildJvm broker =
                        ChildJvm.start(
                                "broker",
                                settings.out().resolve("broker.log"),
                                List.of("-Xmx512m", registryHome()),
                                BrokerChild.class,
                                List.of(work.path().toString()))) {
            OverloadImages images = OverloadImages.draw(work.path());
            List<String> addresses = broker.awaitReady();
            return overload(addresses.get(0), addresses.get(1), images, work.path());
        }
    }

    private List<String> overload(String broker, String registry, OverloadImages images, Path work)
            throws IOException, InterruptedException, InvalidConfigException {
        List<String> stream = streamSettings(broker, registry, images, work);
        MemoryBounds bounds =
                MemoryBounds.of(
                        StreamChild.config(stream),
                        images,
                        ReleaseFolder.read(settings.release()).manifest().recipe().inputSide(),
                        settings.maxHeap());
        tell(images);
        bounds.print(out);
        List<String> arguments = new ArrayList<>(stream);
        arguments.addFirst(Double.toString(settings.imagesPerSecond() * images.cellsAnImage()));
        try (ChildJvm app =
                        ChildJvm.start(
                                "stream-app",
                                settings.out().resolve("stream-app.log"),
                                List.of("-Xmx" + settings.heap()),
                                StreamChild.class,
                                arguments);
                MetricsPage metrics = new MetricsPage(URI.create(app.awaitReady().getFirst()));
                GroupWatch group = new GroupWatch(broker, GROUP);
                OverloadFeed feed = feed(broker, registry, images)) {
            feed.start();
            watch(app, metrics, group, feed);
            return bounds.verdict(rows, app.isAlive());
        } finally {
            write(bounds);
        }
    }

    private List<String> streamSettings(
            String broker, String registry, OverloadImages images, Path work) {
        List<String> stream =
                new ArrayList<>(
                        List.of(
                                "application-id=" + GROUP,
                                "kafka.bootstrap-servers=" + broker,
                                "registry.url=" + registry,
                                "release.path=" + settings.release(),
                                "claim-check.roots=" + images.file().getParent(),
                                "streams.state-dir=" + work.resolve("state"),
                                "console.port=0"));
        stream.addAll(settings.stream());
        return stream;
    }

    private OverloadFeed feed(String broker, String registry, OverloadImages images) {
        return new OverloadFeed(
                broker,
                registry,
                images,
                settings.imagesPerSecond() * settings.overload(),
                settings.mostLead(),
                answered::get);
    }

    private void tell(OverloadImages images) {
        out.printf(
                Locale.ROOT,
                "fields of %,d bytes by claim check and %,d inline, %.1f cells at the mean; session"
                        + " slowed to %.1f images/s, fed %.1f; heap %s%n",
                images.large().length(),
                images.inline().length(),
                images.cellsAnImage(),
                settings.imagesPerSecond(),
                settings.imagesPerSecond() * settings.overload(),
                settings.heap());
    }

    private void watch(ChildJvm stream, MetricsPage metrics, GroupWatch group, OverloadFeed feed)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Optional<String> line = stream.nextLine();
        while (line.isPresent() && System.nanoTime() - began < settings.duration().toNanos()) {
            Optional<JvmSample> sample = JvmSample.of(line.get());
            if (sample.isPresent()) {
                row((System.nanoTime() - began) / 1e9, sample.get(), metrics, group, feed);
            }
            line = stream.nextLine();
        }
    }

    private void row(
            double seconds,
            JvmSample sample,
            MetricsPage metrics,
            GroupWatch group,
            OverloadFeed feed)
            throws IOException, InterruptedException {
        String page = metrics.read();
        answered.set((long) MetricsPage.sum(page, "cytolog_images_total"));
        GroupWatch.Group now = group.now();
        MemoryRow row =
                new MemoryRow(
                        seconds,
                        sample,
                        feed.published(),
                        answered.get(),
                        (long) MetricsPage.sum(page, "cytolog_in_flight_images"),
                        (long) MetricsPage.sum(page, "cytolog_queue_bytes"),
                        now.stable(),
                        now.members());
        rows.add(row);
        if (rows.size() % 10 == 0) {
            out.printf(
                    Locale.ROOT,
                    "%4.0f s  heap %3d MiB (live %3d)  resident %4d MiB  waiting %,d  answered %,d"
                            + "  in flight %d  rebalances %d%n",
                    seconds,
                    sample.heapUsed() >> 20,
                    sample.heapLive() >> 20,
                    sample.resident() >> 20,
                    row.published() - row.answered(),
                    row.answered(),
                    row.inFlight(),
                    sample.rebalances());
        }
    }

    private void write(MemoryBounds bounds) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Path csv = settings.out().resolve("memory.csv");
        Path png = settings.out().resolve("memory.png");
        Files.write(
                csv,
                Stream.concat(Stream.of(MemoryRow.HEADER), rows.stream().map(MemoryRow::csv))
                        .toList());
        new MemoryCurve(
                        String.format(
                                Locale.ROOT,
                                "%.0f times the load, heap %s, %d s",
                                settings.overload(),
                                settings.heap(),
                                TimeUnit.NANOSECONDS.toSeconds(settings.duration().toNanos())),
                        rows)
                .draw(bounds.heap(), bounds.resident(), png);
        out.printf("curve %s, numbers %s%n", png, csv);
    }

    private static String registryHome() {
        return "-Dcytolog.registry.home=" + System.getProperty("cytolog.registry.home");
    }
}
