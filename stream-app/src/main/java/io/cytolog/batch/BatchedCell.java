// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.image.CellPixels;

/** A cell in a batch, with the way back to its image. */
record BatchedCell(CellJob job, int index, CellPixels pixels) {

    /** Whether the job has no cell after this one. */
    boolean isLast() {
        return index == job.size() - 1;
    }
}
