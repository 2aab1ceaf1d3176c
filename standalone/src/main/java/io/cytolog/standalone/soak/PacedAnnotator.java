// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A real annotator slowed to a stated pace, so that a load can be a known multiple of it. Owned by
 * the batcher's thread.
 */
final class PacedAnnotator implements CellAnnotator {

    private final CellAnnotator annotator;
    private final long nanosPerCell;
    private long freeAt = System.nanoTime();

    PacedAnnotator(CellAnnotator annotator, double cellsPerSecond) {
        this.annotator = annotator;
        this.nanosPerCell = Math.round(1e9 / cellsPerSecond);
    }

    @Override
    public int maxBatch() {
        return annotator.maxBatch();
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        freeAt = Math.max(freeAt, System.nanoTime()) + cells.size() * nanosPerCell;
        List<CellAnnotation> answers = annotator.annotate(cells);
        long left = freeAt - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = freeAt - System.nanoTime();
        }
        return answers;
    }

    @Override
    public void close() {
        annotator.close();
    }
}
