// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides which file comes next: scans at intervals, asks the ledger what is new, lets it settle,
 * and queues urgent files first, then by path. Owned by the task's thread.
 */
final class FolderWatch {
    /** A scan may take at most this share of the time, so a huge tree does not keep a core busy. */
    private static final int SCAN_SHARE = 5;

    private static final Comparator<Sighting> ORDER =
            Comparator.comparing(Sighting::stat).reversed().thenComparing(Sighting::path);

    private final FolderScan scan;
    private final Ledger ledger;
    private final Settling settling;
    private final Backoff backoff;
    private final long intervalNanos;
    private final LongSupplier nanos;
    private final Deque<Sighting> ready = new ArrayDeque<>();
    private long nextScan;

    FolderWatch(
            FolderScan scan,
            Ledger ledger,
            Settling settling,
            Backoff backoff,
            Duration interval,
            LongSupplier nanos) {
        this.scan = scan;
        this.ledger = ledger;
        this.settling = settling;
        this.backoff = backoff;
        this.intervalNanos = interval.toNanos();
        this.nanos = nanos;
        this.nextScan = nanos.getAsLong();
    }

    /** Scans if it is time to; what was queued is queued anew, behind anything more urgent. */
    void look() throws IOException {
        long start = nanos.getAsLong();
        if (start - nextScan < 0) {
            return;
        }
        try {
            scan(start);
        } finally {
            long end = nanos.getAsLong();
            nextScan = end + Math.max(intervalNanos, SCAN_SHARE * (end - start));
        }
    }

    Optional<Sighting> next() {
        return Optional.ofNullable(ready.poll());
    }

    /** Puts a file back to the front of the queue. */
    void giveBack(Sighting sighting) {
        ready.addFirst(sighting);
    }

    void published(Sighting sighting) {
        backoff.succeeded(sighting.path());
    }

    void changed(Sighting sighting) {
        settling.restart(sighting.path());
    }

    /** True for the first failure of this file. */
    boolean failed(Sighting sighting) {
        return backoff.failed(sighting.path(), nanos.getAsLong());
    }

    private void scan(long now) throws IOException {
        ledger.beginScan();
        List<Sighting> fresh = scan.walk(sighting -> !ledger.holds(sighting));
        ledger.endScan(now);
        Set<String> paths = new HashSet<>();
        fresh.forEach(sighting -> paths.add(sighting.path()));
        backoff.keepOnly(paths);
        ready.clear();
        settling.settled(fresh, now).stream()
                .filter(sighting -> backoff.mayTry(sighting.path(), now))
                .sorted(ORDER)
                .forEach(ready::add);
    }
}
