// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

/** What can be done to a running stream. */
enum FaultKind {
    /** SIGKILL to an instance, which is started again. */
    KILL("kills"),
    /** SIGTERM to an instance: it drains, commits and leaves. */
    STOP("stops"),
    /** One more instance. */
    JOIN("joins"),
    /** The broker stops and comes back. */
    BOUNCE("broker bounces"),
    /** SIGKILL to the broker, which is started again. */
    CRASH("broker crashes"),
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
}
