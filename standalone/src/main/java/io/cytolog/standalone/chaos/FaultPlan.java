// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which faults come, in which order and with which pauses: the same seed gives the same plan.
 * Immutable.
 *
 * @param faults in order
 */
record FaultPlan(long seed, List<Fault> faults) {

    private static final int SHORTEST_PAUSE_MILLIS = 500;
    private static final int HASTY_ONE_IN = 5;

    /**
     * A fault to come.
     *
     * @param pause before it
     * @param pick says which instance it meets, among those with images in flight then
     * @param hasty whether it comes at once, into whatever the last one left, and not when images
     *     are in flight again
     */
    record Fault(FaultKind kind, Duration pause, int pick, boolean hasty) {}

    FaultPlan {
        faults = List.copyOf(faults);
    }

    /** So many kills, and of everything else what goes with them, at least one of each. */
    static FaultPlan of(long seed, int kills, Duration longestPause) {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        counts.put(FaultKind.KILL, kills);
        counts.put(FaultKind.STOP, 1 + kills / 6);
        counts.put(FaultKind.JOIN, 1 + kills / 6);
        counts.put(FaultKind.BOUNCE, 1 + kills / 15);
        counts.put(FaultKind.CRASH, 1 + kills / 15);
        counts.put(FaultKind.OUTAGE, 1 + kills / 30);
        counts.put(FaultKind.STALL, 1 + kills / 6);
        counts.put(FaultKind.LONG_STALL, 1 + kills / 15);
        counts.put(FaultKind.FAIL, 1 + kills / 6);
        counts.put(FaultKind.FREEZE, 1 + kills / 10);
        Random random = new Random(seed);
        List<FaultKind> kinds = new ArrayList<>();
        counts.forEach((kind, count) -> kinds.addAll(Collections.nCopies(count, kind)));
        Collections.shuffle(kinds, random);
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : kinds) {
            int longest = Math.max(SHORTEST_PAUSE_MILLIS + 1, (int) longestPause.toMillis());
            Duration pause = Duration.ofMillis(random.nextInt(SHORTEST_PAUSE_MILLIS, longest));
            boolean hasty = random.nextInt(HASTY_ONE_IN) == 0;
            faults.add(new Fault(kind, pause, random.nextInt(1 << 20), hasty));
        }
        return new FaultPlan(seed, faults);
    }
}
