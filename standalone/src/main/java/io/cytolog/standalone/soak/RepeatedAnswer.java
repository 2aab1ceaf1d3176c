// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import java.util.Collections;
import java.util.List;

/**
 * Asks a real annotator once and repeats its answer, so that a run that measures waiting does not
 * measure the processor. Owned by the batcher's thread.
 */
final class RepeatedAnswer implements CellAnnotator {

    private final CellAnnotator annotator;
    private final CellAnnotation answer;

    RepeatedAnswer(CellAnnotator annotator, CellPixels cell) {
        this.annotator = annotator;
        this.answer = annotator.annotate(List.of(cell)).getFirst();
    }

    @Override
    public int maxBatch() {
        return annotator.maxBatch();
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        return Collections.nCopies(cells.size(), answer);
    }

    @Override
    public void close() {
        annotator.close();
    }
}
