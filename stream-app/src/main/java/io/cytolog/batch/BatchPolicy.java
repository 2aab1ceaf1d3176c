// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.time.Duration;

/**
 * When a batch closes, how much may wait for one, and how many run side by side.
 *
 * @param sessions that run batches side by side, each on a thread of its own
 * @param maxSize most cells in one session run
 * @param maxDelay how long the oldest cell waits for company
 * @param maxBytes most bytes of pixels that wait, half of it in a lane; a single larger image is
 *     let into an empty lane
 * @param maxBacklog most work that waits, in time at the pace last seen, half of it in a lane, so
 *     that a commit barrier can wait for all of it
 * @param statLead how long STAT cells pass a ROUTINE cell; after it the lanes take turns, so that a
 *     ROUTINE cell waits no longer than the lead, the work before it in its lane twice over, and
 *     the run under way
 */
public record BatchPolicy(
        int sessions,
        int maxSize,
        Duration maxDelay,
        long maxBytes,
        Duration maxBacklog,
        Duration statLead) {

    private static final Duration STAT_LEAD = Duration.ofSeconds(1);

    public BatchPolicy {
        require(sessions > 0, "sessions", sessions);
        require(maxSize > 0, "maxSize", maxSize);
        require(!maxDelay.isNegative(), "maxDelay", maxDelay);
        require(maxBytes > 0, "maxBytes", maxBytes);
        require(maxBacklog.isPositive(), "maxBacklog", maxBacklog);
        require(!statLead.isNegative(), "statLead", statLead);
    }

    /** One session, and the usual lead of STAT over ROUTINE, one second. */
    public BatchPolicy(int maxSize, Duration maxDelay, long maxBytes, Duration maxBacklog) {
        this(1, maxSize, maxDelay, maxBytes, maxBacklog, STAT_LEAD);
    }

    /** The same with at most so many cells in a session run. */
    public BatchPolicy sized(int most) {
        return new BatchPolicy(sessions, most, maxDelay, maxBytes, maxBacklog, statLead);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("%s=%s is out of bounds".formatted(name, value));
        }
    }
}
