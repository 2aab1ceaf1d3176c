// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseId;
import io.cytolog.serving.ReleaseOrigin.Announced;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads colour releases and counts how often each session is opened and closed. */
final class CountedReleases implements EditionLoader {

    /** What the configured release is called. */
    static final ReleaseId CONFIGURED = Decided.id('a');

    private final Map<ReleaseId, AtomicInteger> opened = new ConcurrentHashMap<>();
    private final Map<ReleaseId, AtomicInteger> closed = new ConcurrentHashMap<>();
    private final Set<ReleaseId> bad = ConcurrentHashMap.newKeySet();
    private final Set<ReleaseId> inverted = ConcurrentHashMap.newKeySet();
    private final Set<ReleaseId> begun = ConcurrentHashMap.newKeySet();
    private final Map<ReleaseId, CountDownLatch> held = new ConcurrentHashMap<>();

    /** Lets no load of a release end before the latch is down. */
    CountDownLatch hold(ReleaseId release) {
        return held.computeIfAbsent(release, id -> new CountDownLatch(1));
    }

    void spoil(ReleaseId release) {
        bad.add(release);
    }

    /** Lets a release take red for blue. */
    void invert(ReleaseId release) {
        inverted.add(release);
    }

    /** Whether a load of a release has begun, though it may be held. */
    boolean begun(ReleaseId release) {
        return begun.contains(release);
    }

    int opened(ReleaseId release) {
        return count(opened, release).get();
    }

    int closed(ReleaseId release) {
        return count(closed, release).get();
    }

    int open() {
        return sum(opened) - sum(closed);
    }

    boolean someClosedTwice() {
        return closed.keySet().stream().anyMatch(id -> closed(id) > opened(id));
    }

    @Override
    public ServedRelease load(EditionPlan plan) throws Exception {
        ReleaseId id =
                plan.origin() instanceof Announced announced ? announced.release() : CONFIGURED;
        begun.add(id);
        CountDownLatch latch = held.get(id);
        if (latch != null) {
            latch.await();
        }
        if (bad.contains(id)) {
            throw new InvalidReleaseException("release " + id.brief() + " is bad");
        }
        ServedRelease release =
                ServedRelease.start(
                        ColourRelease.release(id),
                        (read, maxBatch) -> annotator(id, maxBatch),
                        new BatchPolicy(8, Duration.ofMillis(1), 1 << 20, Duration.ofSeconds(2)),
                        new ImageGate(ImageLimits.DEFAULT),
                        field -> List.of(),
                        InstantSource.system(),
                        BatchListener.NONE);
        release.ready().get();
        return release;
    }

    private CellAnnotator annotator(ReleaseId id, int maxBatch) {
        CellAnnotator colours = ColourRelease.annotator(maxBatch);
        count(opened, id).incrementAndGet();
        return new CellAnnotator() {
            @Override
            public int maxBatch() {
                return colours.maxBatch();
            }

            @Override
            public List<CellAnnotation> annotate(List<CellPixels> cells) {
                return colours.annotate(
                        inverted.contains(id)
                                ? cells.stream().map(CountedReleases::mirrored).toList()
                                : cells);
            }

            @Override
            public void close() {
                count(closed, id).incrementAndGet();
                colours.close();
            }
        };
    }

    /** Red and blue change places. */
    private static CellPixels mirrored(CellPixels cell) {
        byte[] rgb = cell.rgb();
        byte[] bgr = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return new CellPixels(cell.side(), bgr);
    }

    private static AtomicInteger count(Map<ReleaseId, AtomicInteger> counts, ReleaseId id) {
        return counts.computeIfAbsent(id, any -> new AtomicInteger());
    }

    private static int sum(Map<ReleaseId, AtomicInteger> counts) {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }
}
