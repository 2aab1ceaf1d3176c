// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when on a decision holds: a function of its record alone, so that every instance and every
 * replay finds the same. Never before the record plus a lead, in which instances read the decision
 * and load what it names; images that are older keep what they had.
 */
public final class PointOfChange {

    /** Least time between a decision's record and its point of change. */
    public static final Duration LEAST_LEAD = Duration.ofSeconds(2);

    /** The lead of a decision that states no time. */
    public static final Duration USUAL_LEAD = Duration.ofSeconds(10);

    /** Decisions that state no time hold from a full step on, so that those made together do. */
    public static final Duration STEP = Duration.ofSeconds(5);

    private PointOfChange() {}

    /**
     * @param appended log-append time of the decision's record
     * @param stated the time that the record states
     */
    public static Instant of(Instant appended, @Nullable Instant stated) {
        if (stated == null) {
            return nextStep(appended.plus(USUAL_LEAD));
        }
        Instant earliest = appended.plus(LEAST_LEAD);
        return stated.isBefore(earliest) ? earliest : stated;
    }

    private static Instant nextStep(Instant time) {
        long step = STEP.toMillis();
        return Instant.ofEpochMilli(Math.ceilDiv(time.toEpochMilli(), step) * step);
    }
}
