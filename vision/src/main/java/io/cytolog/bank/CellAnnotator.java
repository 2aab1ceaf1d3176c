// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.image.CellPixels;
import java.util.List;

/**
 * Says what the bank says of cells: the whole way from pixels to findings under one release. Owned
 * by one thread, which also closes it.
 */
public interface CellAnnotator extends AutoCloseable {

    /** Largest number of cells that one call takes. */
    int maxBatch();

    /**
     * One annotation a cell, in order.
     *
     * @param cells 1 to {@link #maxBatch()} cells of the recipe's input side
     */
    List<CellAnnotation> annotate(List<CellPixels> cells);

    @Override
    void close();
}
