// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import com.sun.management.OperatingSystemMXBean;
import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.bench.workload.RowSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit: gate, decode, recipe, session run and match in a plain loop on every core, images in
 * memory, no Kafka, no messages. Each thread owns a session of one thread.
 */
public final class LimitRow {

    private final RowSettings settings;
    private final List<CapturedImage> images;
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stop;

    private LimitRow(RowSettings settings, List<CapturedImage> images) {
        this.settings = settings;
        this.images = images;
    }

    /** Arguments: a row's own, then {@code images=FOLDER warm=MILLIS measure=MILLIS}. */
    public static void main(String[] arguments) throws Exception {
        RowSettings settings = RowSettings.of(arguments);
        int own = settings.arguments().size();
        Path folder = Path.of(value(arguments[own]));
        new LimitRow(settings, ImageSet.read(folder).captured())
                .run(
                        Long.parseLong(value(arguments[own + 1])),
                        Long.parseLong(value(arguments[own + 2])));
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }

    private void run(long warmMillis, long measureMillis) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.threads(); i++) {
            int first = i * images.size() / settings.threads();
            threads.add(Thread.ofPlatform().name("limit-" + i).start(() -> work(first)));
        }
        while (done.get() == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(warmMillis);
        long count = done.get();
        long nanos = System.nanoTime();
        long cpu = cpuNanos();
        TimeUnit.MILLISECONDS.sleep(measureMillis);
        count = done.get() - count;
        nanos = System.nanoTime() - nanos;
        cpu = cpuNanos() - cpu;
        System.out.printf(Locale.ROOT, "limit %d %.6f %.6f%n", count, nanos / 1e9, cpu / 1e9);
        System.out.flush();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Runtime.getRuntime().halt(0);
    }

    private void work(int first) {
        try (CellWorker worker = CellWorker.open(settings.release(), settings.batch())) {
            int next = first;
            List<CapturedImage> batch = new ArrayList<>(settings.batch());
            while (!stop) {
                batch.clear();
                for (int i = 0; i < settings.batch(); i++) {
                    batch.add(images.get(next++ % images.size()));
                }
                worker.infer(batch);
                done.addAndGet(batch.size());
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
