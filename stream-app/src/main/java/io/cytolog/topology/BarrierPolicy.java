// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;

/**
 * The times of the commit barrier.
 *
 * @param timeout longest that a commit waits for what is in flight, and that an image waits for
 *     room; first send, barrier and commit must fit the transaction's time-out
 * @param forwardEvery how often finished results are looked for between commits
 * @param commitGap least time between two commits that are requested when a task runs empty
 */
public record BarrierPolicy(Duration timeout, Duration forwardEvery, Duration commitGap) {

    private static final Duration FORWARD_EVERY = Duration.ofMillis(5);
    private static final Duration COMMIT_GAP = Duration.ofMillis(20);

    /** The usual timer of 5 ms and gap of 20 ms. */
    public BarrierPolicy(Duration timeout) {
        this(timeout, FORWARD_EVERY, COMMIT_GAP);
    }
}
