// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a file back until its size and modification time have not changed for a while, so that a
 * half-copied image is not published. Owned by the task's thread; bounded by what a scan returns.
 */
final class Settling {
    private final long quietNanos;
    private Map<String, Pending> pending = new HashMap<>();

    Settling(Duration quiet) {
        this.quietNanos = quiet.toNanos();
    }

    /** Those of {@code seen} that have settled at {@code now}, nanoseconds of a monotonic clock. */
    List<Sighting> settled(List<Sighting> seen, long now) {
        Map<String, Pending> next = HashMap.newHashMap(seen.size());
        for (Sighting sighting : seen) {
            Pending before = pending.get(sighting.path());
            boolean same = before != null && before.sighting().sameState(sighting);
            next.put(sighting.path(), new Pending(sighting, same ? before.since() : now));
        }
        pending = next;
        return seen.stream()
                .filter(s -> now - pending.get(s.path()).since() >= quietNanos)
                .toList();
    }

    /** Starts the wait for this file again. */
    void restart(String path) {
        pending.remove(path);
    }

    private record Pending(Sighting sighting, long since) {}
}
