// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotator;

/**
 * Opens the annotator that the batcher runs; called on the batcher's thread, which owns the result.
 */
@FunctionalInterface
public interface AnnotatorSource {

    /** An annotator, warm and ready, that no other thread has touched. */
    CellAnnotator open() throws Exception;
}
