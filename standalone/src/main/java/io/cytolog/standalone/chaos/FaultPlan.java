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

    private static final int SHORTEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    /**
     * A fault to come.
     *
     * @param pause before it
     * @param pick says which instance it meets, among those that live then
     */
    record Fault(FaultKind kind, Duration pause, int pick) {}

    FaultPlan {
        faults = List.copyOf(faults);
    }

    /** So many kills, and of everything else what goes with them, at least one of each. */
    static FaultPlan of(long seed, int kills) {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        counts.put(FaultKind.KILL, kills);
        counts.put(FaultKind.STOP, 1 + kills / 6);
        counts.put(FaultKind.JOIN, 1 + kills / 6);
        counts.put(FaultKind.BOUNCE, 1 + kills / 15);
        counts.put(FaultKind.CRASH, 1 + kills / 30);
        counts.put(FaultKind.STALL, 1 + kills / 5);
        counts.put(FaultKind.LONG_STALL, 1 + kills / 30);
        counts.put(FaultKind.FAIL, 1 + kills / 5);
        counts.put(FaultKind.FREEZE, 1 + kills / 15);
        return shuffled(seed, counts);
    }

    /** Kills and nothing else. */
    static FaultPlan ofKills(long seed, int kills) {
        return shuffled(seed, Map.of(FaultKind.KILL, kills));
    }

    private static FaultPlan shuffled(long seed, Map<FaultKind, Integer> counts) {
        Random random = new Random(seed);
        List<FaultKind> kinds = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            kinds.addAll(Collections.nCopies(counts.getOrDefault(kind, 0), kind));
        }
        Collections.shuffle(kinds, random);
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : kinds) {
            int pause = random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
            faults.add(new Fault(kind, Duration.ofMillis(pause), random.nextInt(1 << 20)));
        }
        return new FaultPlan(seed, faults);
    }
}
