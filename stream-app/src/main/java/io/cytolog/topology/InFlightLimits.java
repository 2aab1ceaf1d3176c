// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;

/**
 * How much all tasks of a process may have in flight together.
 *
 * @param maxBytes most bytes that are held; an image is let in when its task has no other
 * @param horizon most work in flight, in time at the pace last seen, so that a commit can wait for
 *     all of it
 * @param aim work in flight that is enough, in time: beyond it images gain nothing and make commits
 *     wait
 * @param busy so many unanswered images are let in whatever the aim says, so that every thread has
 *     work
 */
public record InFlightLimits(long maxBytes, Duration horizon, Duration aim, int busy) {

    public InFlightLimits {
        if (maxBytes <= 0 || !horizon.isPositive() || !aim.isPositive() || busy < 0) {
            throw new IllegalArgumentException(
                    "maxBytes=%d, horizon=%s, aim=%s, busy=%d: give more than 0"
                            .formatted(maxBytes, horizon, aim, busy));
        }
    }

    /** Without an aim short of the horizon. */
    public InFlightLimits(long maxBytes, Duration horizon) {
        this(maxBytes, horizon, horizon, 0);
    }
}
