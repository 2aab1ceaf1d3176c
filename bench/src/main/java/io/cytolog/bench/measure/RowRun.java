// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import io.cytolog.bench.child.ProcessCost;
import io.cytolog.bench.child.Program;
import io.cytolog.bench.feed.Feed;
import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.report.Load;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A row at work on topics of its own: filled topics first, then a JVM that works them off, then
 * steady loads on the same JVM. Owned by one thread.
 */
final class RowRun implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    /** Share of a load at its beginning whose times are not taken. */
    private static final double SETTLING = 0.1;

    private final Stand stand;
    private final Plan plan;
    private final String prefix;
    private final ChildJvm row;
    private final Feed feed;
    private final Observer observer;
    private final int filled;

    /** Fills the row's topic, starts the row and watches what it writes. */
    RowRun(Stand stand, Row row, Plan plan, Path release, ImageSet images, Path work, int filled)
            throws Exception {
        this(
                stand,
                row.label(),
                program(row, plan),
                variant(row, plan),
                plan,
                release,
                images,
                work,
                filled,
                false,
                true);
    }

    RowRun(
            Stand stand,
            String name,
            Program program,
            String variant,
            Plan plan,
            Path release,
            ImageSet images,
            Path work,
            int filled,
            boolean counting,
            boolean whole)
            throws Exception {
        this.stand = stand;
        this.plan = plan;
        this.filled = filled;
        this.prefix = "bench-%d.".formatted(NUMBER.incrementAndGet());
        stand.createTopics(prefix);
        this.feed = new Feed(stand.broker(), stand.registry(), prefix, images, whole);
        feed.fill(filled);
        Path own = Files.createTempDirectory(work, name + "-");
        RowSettings settings =
                new RowSettings(
                        stand.broker(),
                        stand.registry(),
                        prefix,
                        release.toAbsolutePath(),
                        own.toAbsolutePath(),
                        plan.threads(),
                        plan.batch(),
                        plan.commit(),
                        variant);
        this.row = ChildJvm.start(name, program, settings.arguments(), own.resolve("row.log"));
        this.observer =
                new Observer(
                        stand.broker(),
                        stand.registry(),
                        prefix,
                        this::row,
                        counting,
                        Stand.PARTITIONS);
        row.await(RowProcess.READY, LONGEST_START);
    }

    static Program program(Row row, Plan plan) throws IOException {
        List<String> options = new ArrayList<>(jvm(plan));
        return new Program(row.main(), Home.located().classPath(row.peer()), options);
    }

    static List<String> jvm(Plan plan) {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + plan.heap());
        options.add("-XX:+UseSerialGC");
        options.addAll(plan.options());
        return options;
    }

    private static String variant(Row row, Plan plan) {
        return row.isCytolog()
                ? String.join(";", plan.cytolog()) + ";" + row.variant()
                : row.variant();
    }

    private ChildJvm row() {
        return row;
    }

    /** What the row did in the window; images may still wait when it closes. */
    Window throughput(Duration longest) throws InterruptedException, IOException {
        if (!observer.awaitSpan(plan.warm().plus(plan.point()), filled, longest)) {
            throw new IOException(
                    "%d of %d images have a result after %d s; the row's log is %s"
                            .formatted(observer.seen(), filled, longest.toSeconds(), row.log()));
        }
        return Window.of(observer.samples(), plan.warm(), plan.point(), filled);
    }

    /** Whether all that was filled in has a result in time. */
    boolean awaitAll(Duration longest) throws InterruptedException {
        return observer.await(filled, longest);
    }

    /** A steady load, and the times that it saw. */
    Load load(String label, double perSecond) throws Exception {
        int first = feed.next();
        long[] due = feed.play(perSecond, plan.point());
        long left = feed.next() - observer.seen();
        observer.await(feed.next(), plan.point().multipliedBy(3).plusSeconds(10));
        long from = due[0] + (long) ((due[due.length - 1] - due[0]) * SETTLING);
        long[] took = new long[due.length];
        int count = 0;
        for (int i = 0; i < due.length; i++) {
            long seen = observer.seenNanos(first + i);
            if (due[i] >= from && seen != 0) {
                took[count++] = seen - due[i];
            }
        }
        Percentiles times = new Percentiles(Arrays.copyOf(took, count));
        return new Load(
                label,
                perSecond,
                times.count(),
                times.millis(0.50),
                times.millis(0.99),
                times.millis(1),
                left < perSecond + plan.batch());
    }

    /** Samples of everything so far. */
    List<Sample> samples() {
        return observer.samples();
    }

    Map<Integer, String> findings() {
        return observer.findings();
    }

    ProcessCost cost() {
        return row.cost();
    }

    long sent() {
        return feed.next();
    }

    long repeated() {
        return observer.repeated();
    }

    long rejected() {
        return observer.rejected();
    }

    long missing() {
        return feed.next() - observer.seen();
    }

    @Override
    public void close() throws ExecutionException, InterruptedException {
        row.close();
        feed.close();
        observer.close();
        stand.deleteTopics(prefix);
    }
}
