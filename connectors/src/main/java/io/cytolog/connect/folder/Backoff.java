// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Spaces out the attempts on a file that cannot be read, each twice as far. Owned by the task's
 * thread.
 */
final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final long firstNanos;
    private final long longestNanos;
    private final Map<String, Wait> waits = new HashMap<>();

    Backoff(Duration first, Duration longest) {
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
    }

    /** Notes a failure; true for the first one of this path, which is the one to log. */
    boolean failed(String path, long now) {
        Wait before = waits.get(path);
        int failures = before == null ? 1 : before.failures() + 1;
        long pause = firstNanos << Math.min(failures - 1, MOST_DOUBLINGS);
        long bounded = pause <= 0 ? longestNanos : Math.min(pause, longestNanos);
        waits.put(path, new Wait(failures, now + bounded));
        return before == null;
    }

    void succeeded(String path) {
        waits.remove(path);
    }

    boolean mayTry(String path, long now) {
        Wait wait = waits.get(path);
        return wait == null || now - wait.until() >= 0;
    }

    /** Drops what is no longer there to be tried. */
    void keepOnly(Collection<String> paths) {
        waits.keySet().retainAll(paths);
    }

    private record Wait(int failures, long until) {}
}
