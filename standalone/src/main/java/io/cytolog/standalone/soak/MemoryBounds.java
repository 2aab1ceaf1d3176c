// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.app.MemoryPlan;
import io.cytolog.config.AppConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a memory run states before it starts, and whether it held. */
final class MemoryBounds {

    private static final long WARM_UP_SECONDS = 10;
    private static final double MIB = 1 << 20;

    private final MemoryPlan plan;
    private final long heap;
    private final long resident;

    private MemoryBounds(MemoryPlan plan, long maxHeap) {
        this.plan = plan;
        this.heap = plan.heapBytes();
        this.resident = maxHeap + plan.outsideBytes();
    }

    /**
     * @param cellSide pixels, of the release's recipe
     * @param maxHeap of the stream's process
     */
    static MemoryBounds of(AppConfig config, OverloadImages images, int cellSide, long maxHeap) {
        return new MemoryBounds(MemoryPlan.of(config, images.largest(cellSide)), maxHeap);
    }

    /** Most bytes that a collection may leave. */
    long heap() {
        return heap;
    }

    /** Most bytes that the process may have in memory. */
    long resident() {
        return resident;
    }

    void print(PrintStream out) {
        out.println("stated before the run, in MiB:");
        print(out, "heap after collection", plan.heap(), heap);
        print(out, "resident, with the whole heap", plan.outside(), resident);
        out.println("  and nobody leaves the group or comes new");
    }

    private static void print(
            PrintStream out, String what, List<MemoryPlan.Place> places, long sum) {
        places.forEach(place -> out.printf("  %6.1f  %s%n", place.bytes() / MIB, place.name()));
        out.printf("  %6.1f  = %s%n", sum / MIB, what);
    }

    List<String> verdict(List<MemoryRow> rows, boolean alive) {
        List<String> broken = new ArrayList<>();
        if (!alive) {
            broken.add("the stream-app ended before the run did; its log says why");
        }
        double first =
                rows.stream()
                        .filter(row -> row.answered() > 0)
                        .mapToDouble(MemoryRow::seconds)
                        .findFirst()
                        .orElse(Double.MAX_VALUE);
        List<MemoryRow> warm =
                rows.stream().filter(row -> row.seconds() >= first + WARM_UP_SECONDS).toList();
        if (warm.isEmpty()) {
            broken.add("the run ended before it was warm, after " + rows.size() + " s");
            return broken;
        }
        long live = warm.stream().mapToLong(row -> row.jvm().heapLive()).max().orElse(0);
        long most = warm.stream().mapToLong(row -> row.jvm().resident()).max().orElse(0);
        if (live > heap) {
            broken.add("heap after collection came to %d MiB".formatted(live >> 20));
        }
        if (most > resident) {
            broken.add("resident memory came to %d MiB".formatted(most >> 20));
        }
        long rebalances = warm.getLast().jvm().rebalances() - warm.getFirst().jvm().rebalances();
        if (rebalances != 0) {
            broken.add("the group was rebalanced %d times".formatted(rebalances));
        }
        Set<Set<String>> groups = new HashSet<>();
        warm.forEach(row -> groups.add(row.members()));
        if (groups.size() != 1) {
            broken.add("the group had %d different memberships".formatted(groups.size()));
        }
        if (warm.getLast().answered() <= warm.getFirst().answered()) {
            broken.add("nothing was answered");
        }
        if (warm.stream().anyMatch(row -> row.published() - row.answered() <= row.inFlight())) {
            broken.add("the feed fell behind, so this was no overload; lower --pace");
        }
        return broken;
    }
}
