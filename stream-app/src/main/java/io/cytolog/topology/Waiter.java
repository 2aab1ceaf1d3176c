// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a stream thread waits for an outcome, and by which clock: a simulation has no thread to block
 * and lets the others go on instead.
 */
interface Waiter {

    /** Blocks the calling thread. */
    Waiter BLOCKING =
            new Waiter() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public Outcome await(CompletableFuture<Outcome> outcome, long nanos)
                        throws InterruptedException, ExecutionException, TimeoutException {
                    return outcome.get(nanos, TimeUnit.NANOSECONDS);
                }
            };

    /** A monotonic clock, nanoseconds. */
    long nanoTime();

    /**
     * As {@link CompletableFuture#get(long, TimeUnit)}.
     *
     * @param nanos longest; 0 for an outcome that must be there
     */
    Outcome await(CompletableFuture<Outcome> outcome, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException;
}
