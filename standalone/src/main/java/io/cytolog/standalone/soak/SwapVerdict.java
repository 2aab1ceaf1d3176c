// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run of swaps came to.
 *
 * @param swaps announcements of good releases
 * @param seen those that answered at least one image before the next
 * @param badAnnounced announcements that had to be refused
 * @param misplaced results of another release than their record's time demands
 * @param late images that the stream-app itself counted as answered by another release
 * @param calmP99 arrival to readable without swaps, milliseconds
 * @param swapP99 the same while releases swap
 * @param liveBefore heap after collection, its lowest tenth over the second quarter of the swaps,
 *     bytes
 * @param liveAfter the same of the last quarter
 * @param residentBefore memory of the process, mean of the second quarter, bytes
 * @param residentAfter the same of the last quarter
 * @param open most editions that were open at the end
 */
public record SwapVerdict(
        int swaps,
        int seen,
        int badAnnounced,
        int published,
        int refusedByBroker,
        long lost,
        long repeated,
        long misplaced,
        long late,
        long calmP99,
        long swapP99,
        long liveBefore,
        long liveAfter,
        long residentBefore,
        long residentAfter,
        int open,
        boolean alive) {

    /** How much the second half may hold more than the first, bytes: the noise of collections. */
    static final long LIVE_SLACK = 24L << 20;

    static final long RESIDENT_SLACK = 64L << 20;

    /** Below it, a p99 is the commit interval's, and its double says nothing. */
    private static final long LEAST_P99 = 100;

    public double ratio() {
        return (double) swapP99 / Math.max(1, calmP99);
    }

    /** What was broken of what is promised; empty when nothing was. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        require(broken, alive, "the stream-app ended before the run did");
        require(broken, refusedByBroker == 0, "the broker refused images, the run proves nothing");
        require(broken, lost == 0, "%d images lost".formatted(lost));
        require(broken, repeated == 0, "%d images answered twice".formatted(repeated));
        require(broken, misplaced == 0, "%d results of another release".formatted(misplaced));
        require(broken, late == 0, "%d images were late for their release".formatted(late));
        require(broken, seen == swaps, "%d of %d swaps seen in results".formatted(seen, swaps));
        require(
                broken,
                swapP99 <= Math.max(LEAST_P99, 2 * calmP99),
                "p99 %d ms during swaps, %d ms without".formatted(swapP99, calmP99));
        require(
                broken,
                liveAfter <= liveBefore + LIVE_SLACK,
                "live heap grew from %d to %d MiB".formatted(liveBefore >> 20, liveAfter >> 20));
        require(
                broken,
                residentAfter <= residentBefore + RESIDENT_SLACK,
                "resident memory grew from %d to %d MiB"
                        .formatted(residentBefore >> 20, residentAfter >> 20));
        return broken;
    }

    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d swaps, %,d seen in results, %,d bad announcements between them",
                        swaps,
                        seen,
                        badAnnounced),
                String.format(
                        Locale.ROOT,
                        "%,d images: %d lost, %d twice, %d by another release than their time demands, %d late",
                        published,
                        lost,
                        repeated,
                        misplaced,
                        late),
                String.format(
                        Locale.ROOT,
                        "p99 arrival to readable: %d ms without swaps, %d ms while swapping (%.2f times)",
                        calmP99,
                        swapP99,
                        ratio()),
                String.format(
                        Locale.ROOT,
                        "memory, second to last quarter of the swaps: live heap (lowest tenth) %d to %d MiB, resident (mean) %d to %d MiB; %d editions open at the end",
                        liveBefore >> 20,
                        liveAfter >> 20,
                        residentBefore >> 20,
                        residentAfter >> 20,
                        open));
    }

    private static void require(List<String> broken, boolean holds, String what) {
        if (!holds) {
            broken.add(what);
        }
    }
}
