// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param images on images.captured
 * @param feedFaults images that the feed did not bring there exactly once; above 0 the run proves
 *     nothing
 * @param lost without an outcome
 * @param repeated with more than one
 * @param misrouted outcomes on the wrong topic, of the wrong slide or of another source record
 * @param disorder where results left their order
 * @param pending what was still open when everything should have been settled
 * @param hanging transactions, a partition each, that the broker had left open and that were
 *     aborted by hand before the counting, as an operator would
 * @param restarts instances that ended by themselves and were started again
 * @param lateStops instances that did not drain and leave in time when they were stopped
 * @param faults how many of each kind were done
 * @param loadedKills kills that found images in flight
 */
public record Verdict(
        long seed,
        boolean control,
        int images,
        int feedFaults,
        int lost,
        int repeated,
        int misrouted,
        List<String> disorder,
        List<String> pending,
        int hanging,
        int restarts,
        int lateStops,
        Map<String, Integer> faults,
        int loadedKills,
        long seconds) {

    public Verdict {
        disorder = List.copyOf(disorder);
        pending = List.copyOf(pending);
    }

    /**
     * Exactly once, in order, settled; of a control, that a loss was seen, and seen when nothing
     * could come any more.
     */
    public boolean holds() {
        if (feedFaults > 0 || images == 0 || !pending.isEmpty()) {
            return false;
        }
        return control
                ? lost > 0
                : lost == 0 && repeated == 0 && misrouted == 0 && disorder.isEmpty();
    }

    /** The last line of a run. */
    public String line() {
        String settled =
                pending.isEmpty()
                        ? "offsets at the end, nothing pending"
                        : "PENDING: " + String.join("; ", pending);
        String run =
                "(seed=%d, %s images, %s)"
                        .formatted(seed, grouped(images), String.join(", ", run()));
        if (control) {
            return "control: lost %s of %s, %s, %s %s"
                    .formatted(
                            grouped(lost),
                            grouped(images),
                            holds() ? "as it must" : "which is no proof",
                            settled,
                            run);
        }
        return "verdict: %d lost, %d twice, %d out of order, %s%s%s%s %s"
                .formatted(
                        lost,
                        repeated,
                        disorder.size(),
                        some(misrouted, "misrouted"),
                        some(feedFaults, "not brought once by the feed"),
                        some(hanging, "hanging transactions of the broker's aborted by hand"),
                        settled,
                        run);
    }

    private List<String> run() {
        return faults.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.toList());
    }

    private static String some(int count, String what) {
        return count == 0 ? "" : "%d %s, ".formatted(count, what);
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
