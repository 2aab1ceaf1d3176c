// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.event.SlideSummarised;
import java.time.Instant;
import java.util.Comparator;

/**
 * Orders the summaries of one slide. Time comes before revision: a stream application whose state
 * was reset counts from 1 again, and its later summaries must not lose against older ones.
 */
record SummaryVersion(Instant lastEmittedAt, long revision) implements Comparable<SummaryVersion> {
    private static final Comparator<SummaryVersion> ORDER =
            Comparator.comparing(SummaryVersion::lastEmittedAt)
                    .thenComparing(SummaryVersion::revision);

    static SummaryVersion of(SlideSummarised summary) {
        return new SummaryVersion(summary.getLastEmittedAt(), summary.getRevision());
    }

    @Override
    public int compareTo(SummaryVersion other) {
        return ORDER.compare(this, other);
    }
}
