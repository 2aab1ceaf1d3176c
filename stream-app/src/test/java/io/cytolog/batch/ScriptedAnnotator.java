// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.bank.Finding;
import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An annotator that a test holds back, makes fail and looks into; owned by the batcher's thread.
 */
final class ScriptedAnnotator implements CellAnnotator {

    private static final Finding ANY =
            new Finding("any", "Any cell", Finding.Level.CELL, false, List.of());

    final List<Integer> batches = java.util.Collections.synchronizedList(new ArrayList<>());
    final Semaphore permits = new Semaphore(0);
    final Semaphore began = new Semaphore(0);
    final AtomicInteger closed = new AtomicInteger();
    final Thread owner = Thread.currentThread();
    volatile boolean failing;

    @Override
    public int maxBatch() {
        return 4;
    }

    /** One annotation a cell that tells the cell's first byte as its margin. */
    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        batches.add(cells.size());
        began.release();
        permits.acquireUninterruptibly();
        if (failing) {
            throw new IllegalStateException("the session is gone");
        }
        return cells.stream().map(ScriptedAnnotator::annotation).toList();
    }

    private static CellAnnotation annotation(CellPixels cell) {
        return new CellAnnotation(
                ANY, ANY, cell.rgb()[0], Map.of(ANY.id(), 1.0), Optional.empty(), List.of());
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("closed by a stranger");
        }
        closed.incrementAndGet();
    }
}
