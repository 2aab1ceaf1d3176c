// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Sums up what was committed since the start, for the page's tiles. Any thread may use it; its
 * memory is fixed.
 */
public final class FeedStatistics {

    /** Images a second are the mean over this many whole seconds. */
    static final int RATE_SECONDS = 10;

    static final int LATENCIES = 2_048;

    private final InstantSource clock;
    private final Instant startedAt;
    private final long[] imagesInSecond = new long[RATE_SECONDS + 1];
    private final long[] secondOfSlot = new long[RATE_SECONDS + 1];
    private final long[] latencies = new long[LATENCIES];
    private long measured;
    private long images;
    private long cells;
    private long abstained;
    private long rejected;

    public FeedStatistics(InstantSource clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized void annotated(Duration latency, int cellCount, int abstainedCount) {
        countImage();
        images++;
        cells += cellCount;
        abstained += abstainedCount;
        latencies[(int) (measured++ % LATENCIES)] = latency.toMillis();
    }

    synchronized void rejected() {
        countImage();
        rejected++;
    }

    synchronized Totals totals() {
        return new Totals(images, cells, abstained, rejected);
    }

    /** Images a second, annotated or rejected, over the last whole seconds. */
    synchronized double imagesPerSecond() {
        long now = clock.instant().getEpochSecond();
        long sum = 0;
        for (int slot = 0; slot < imagesInSecond.length; slot++) {
            long age = now - secondOfSlot[slot];
            // The running second is not over and would pull the mean down.
            if (age >= 1 && age <= RATE_SECONDS) {
                sum += imagesInSecond[slot];
            }
        }
        long lived = Duration.between(startedAt, clock.instant()).toSeconds();
        return (double) sum / Math.clamp(lived, 1, RATE_SECONDS);
    }

    /**
     * Latency that the given share of the last {@value #LATENCIES} results did not exceed, in
     * milliseconds; nearest rank.
     */
    synchronized OptionalLong latencyMs(double share) {
        int count = (int) Math.min(measured, LATENCIES);
        if (count == 0) {
            return OptionalLong.empty();
        }
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return OptionalLong.of(sorted[Math.clamp(rank, 1, count) - 1]);
    }

    private void countImage() {
        long second = clock.instant().getEpochSecond();
        int slot = (int) (second % imagesInSecond.length);
        if (secondOfSlot[slot] != second) {
            secondOfSlot[slot] = second;
            imagesInSecond[slot] = 0;
        }
        imagesInSecond[slot]++;
    }

    /** Counts since the start of this process. */
    record Totals(long images, long cells, long abstained, long rejected) {

        /** Share of the cells without a finding, 0 to 1. */
        double abstainedShare() {
            return cells == 0 ? 0 : (double) abstained / cells;
        }
    }
}
