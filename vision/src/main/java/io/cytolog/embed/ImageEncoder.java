// Licensed under the Apache License, Version 2.0.
package io.cytolog.embed;

import io.cytolog.image.CellPixels;
import java.util.List;

/** Turns cells into embeddings. Owned by one thread, which also closes it. */
public interface ImageEncoder extends AutoCloseable {

    /** Largest number of cells that one call takes. */
    int maxBatch();

    /**
     * One embedding a cell, in order.
     *
     * @param cells 1 to {@link #maxBatch()} cells of the recipe's input side
     */
    List<Embedding> encode(List<CellPixels> cells);

    @Override
    void close();
}
