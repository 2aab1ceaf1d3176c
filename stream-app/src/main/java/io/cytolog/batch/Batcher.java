// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Fills session runs with the cells of many images. Safe for any thread; each annotator is owned by
 * one thread alone.
 */
public interface Batcher extends AutoCloseable {

    /**
     * Starts a batcher with a platform thread a session, which opens its annotator at once.
     *
     * @param source asked once for each of the policy's sessions, and by several threads at a time
     * @param nanoTime a monotonic clock, nanoseconds
     */
    static Batcher start(
            AnnotatorSource source,
            BatchPolicy policy,
            LongSupplier nanoTime,
            BatchListener listener) {
        return SessionThreads.start(source, policy, nanoTime, listener);
    }

    /** Completes when all annotators are open; fails with what kept one from opening. */
    CompletableFuture<Void> opened();

    /**
     * Queues an image's cells; waits while their lane is full, which the other lane does not
     * change. Cancelling the result takes the cells that were not yet run out of the queue.
     *
     * @return one annotation a cell, in order; completed by a session's thread
     */
    CompletableFuture<List<CellAnnotation>> submit(List<CellPixels> cells, Priority priority)
            throws InterruptedException;

    /** Ends the runs under way, fails what still waits, closes the annotators. */
    @Override
    void close();
}
