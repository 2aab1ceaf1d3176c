// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param images published, each once
 * @param refused not taken by the broker; above 0 the run proves nothing
 * @param lost without an outcome
 * @param repeated with more than one
 * @param misrouted annotated instead of rejected, or the other way round
 * @param disorder where results left their order
 * @param pending what was still open when everything should have been settled
 * @param restarts instances that ended by themselves and were started again
 * @param faults how many of each kind were done
 */
public record Verdict(
        long seed,
        boolean control,
        int images,
        int refused,
        int lost,
        int repeated,
        int misrouted,
        List<String> disorder,
        List<String> pending,
        int restarts,
        Map<String, Integer> faults,
        long seconds) {

    public Verdict {
        disorder = List.copyOf(disorder);
        pending = List.copyOf(pending);
    }

    /** Exactly once, in order, settled; of a control, that the loss was seen. */
    public boolean holds() {
        if (refused > 0 || images == 0) {
            return false;
        }
        return control
                ? lost > 0
                : lost == 0
                        && repeated == 0
                        && misrouted == 0
                        && disorder.isEmpty()
                        && pending.isEmpty();
    }

    /** The last line of a run. */
    public String line() {
        if (control) {
            return "control: lost %,d of %,d without the barrier, %s (seed=%d, %s)"
                    .formatted(
                            lost,
                            images,
                            holds() ? "as it must" : "and should have lost some",
                            seed,
                            faultsText());
        }
        return "verdict: %d lost, %d twice, %d out of order, %d misrouted, %s (seed=%d, %,d images, %s)"
                .formatted(
                        lost,
                        repeated,
                        disorder.size(),
                        misrouted,
                        pending.isEmpty()
                                ? "offsets at the end, nothing pending"
                                : "PENDING: " + String.join("; ", pending),
                        seed,
                        images,
                        faultsText());
    }

    private String faultsText() {
        return faults.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
