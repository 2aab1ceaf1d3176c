// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The annotator's life: opened, run, replaced after a failure, closed once. Owned by the session's
 * thread.
 */
final class Session {

    private final AnnotatorSource source;
    private final LongSupplier nanoTime;
    private @Nullable CellAnnotator annotator;

    Session(AnnotatorSource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    void open() throws Exception {
        annotator = source.open();
    }

    /**
     * Runs a batch. After a failure the session cannot be trusted: the images of the batch fail,
     * and the next batch gets a new session.
     *
     * @param ran is told when the run began and how long it took, before anyone gets his answer
     */
    void run(List<BatchedCell> batch, Ran ran) {
        try {
            CellAnnotator open = reopened();
            long started = nanoTime.getAsLong();
            List<CellAnnotation> annotations =
                    open.annotate(batch.stream().map(BatchedCell::pixels).toList());
            ran.ran(started, nanoTime.getAsLong() - started);
            deliver(batch, annotations);
        } catch (Throwable e) {
            batch.forEach(cell -> cell.job().fail(e));
            close();
        }
    }

    /** Closes the annotator, if one is open. */
    void close() {
        CellAnnotator open = annotator;
        annotator = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (RuntimeException e) {
            System.getLogger(Session.class.getName())
                    .log(System.Logger.Level.WARNING, "the session does not close", e);
        }
    }

    private CellAnnotator reopened() throws Exception {
        CellAnnotator open = annotator;
        if (open == null) {
            open = source.open();
            annotator = open;
        }
        return open;
    }

    private static void deliver(List<BatchedCell> batch, List<CellAnnotation> annotations) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).job().annotated(batch.get(i).index(), annotations.get(i));
        }
    }

    /** Hears of a run that ended well. */
    @FunctionalInterface
    interface Ran {
        void ran(long started, long nanos);
    }
}
