// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.util.List;

/** What the session's thread does next. */
sealed interface Step {

    /** Runs these cells, at least one. */
    record Run(List<BatchedCell> batch) implements Step {}

    /**
     * Sleeps until work arrives.
     *
     * @param nanos longest; {@link Long#MAX_VALUE} when nothing waits
     */
    record Sleep(long nanos) implements Step {}

    /** Ends: the batcher is closed. */
    enum Stop implements Step {
        STOP
    }
}
