// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

/** Whom the batcher's core wakes; called under whatever guards the core. */
interface BatchSignals {

    /** A session's thread that sleeps, if any does, has to ask for its next step again. */
    void workArrived();

    /** Whoever stands in line has to ask again whether he may enter. */
    void roomMade();
}
