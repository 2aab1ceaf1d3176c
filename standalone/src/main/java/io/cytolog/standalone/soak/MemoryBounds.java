// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a memory run states before it starts, and whether it held. */
final class MemoryBounds {

    private static final long WARM_UP_SECONDS = 20;

    private final List<String> streamSettings;
    private final long heap;
    private final long resident;

    private MemoryBounds(List<String> streamSettings, long heap, long resident) {
        this.streamSettings = streamSettings;
        this.heap = heap;
        this.resident = resident;
    }

    static MemoryBounds of(
            MemorySettings settings,
            String broker,
            String registry,
            OverloadImages images,
            Path work) {
        List<String> stream =
                List.of(
                        "application-id=" + MemorySoak.group(),
                        "kafka.bootstrap-servers=" + broker,
                        "registry.url=" + registry,
                        "release.path=" + settings.release(),
                        "claim-check.roots=" + images.file().getParent(),
                        "streams.state-dir=" + work.resolve("state"),
                        "console.port=0");
        return new MemoryBounds(stream, 300L << 20, 1200L << 20);
    }

    List<String> streamSettings() {
        return streamSettings;
    }

    long heap() {
        return heap;
    }

    long resident() {
        return resident;
    }

    void print(PrintStream out) {
        out.printf(
                "bound: heap after collection %d MiB, resident %d MiB, nobody leaves the group%n",
                heap >> 20, resident >> 20);
    }

    List<String> verdict(List<MemoryRow> rows, boolean alive) {
        List<String> broken = new ArrayList<>();
        if (!alive) {
            broken.add("the stream-app ended before the run did; its log says why");
        }
        List<MemoryRow> warm =
                rows.stream().filter(row -> row.seconds() >= WARM_UP_SECONDS).toList();
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
        return broken;
    }
}
