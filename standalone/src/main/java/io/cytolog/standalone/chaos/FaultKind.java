// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.util.Locale;

/** What can be done to a running stream. */
enum FaultKind {
    /** SIGKILL to an instance, which is started again. */
    KILL("kills"),
    /** SIGTERM to an instance: it drains, commits and leaves. */
    STOP("stops"),
    /** One more instance. */
    JOIN("joins"),
    /** SIGTERM to the broker, which is started again. */
    BOUNCE("broker bounces"),
    /** SIGKILL to the broker, which is started again. */
    CRASH("broker crashes"),
    /** The broker is gone for longer than any client waits for it. */
    OUTAGE("broker outages"),
    /** A session run takes longer than the batch delay. */
    STALL("stalls"),
    /** A session run takes longer than the commit barrier waits. */
    LONG_STALL("stalls past the barrier"),
    /** A session run throws. */
    FAIL("session failures"),
    /** SIGSTOP past the session time-out: the group goes on without it, then it wakes up. */
    FREEZE("freezes");

    private final String plural;

    FaultKind(String plural) {
        this.plural = plural;
    }

    String plural() {
        return plural;
    }

    /** Whether it is done to the broker and to no instance. */
    boolean isOfBroker() {
        return this == BOUNCE || this == CRASH || this == OUTAGE;
    }

    String verb() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
