// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import java.util.Collections;
import java.util.List;

/** How many cells an encoder takes a second: the best of several runs, on a machine as it is. */
public final class Pace {

    private static final int CELLS = 256;
    private static final int LEAST_RUNS = 8;

    private Pace() {}

    /** Cells a second at a batch size. */
    public static double of(ImageEncoder encoder, CellPixels cell, int batch) {
        List<CellPixels> cells = Collections.nCopies(batch, cell);
        encoder.encode(cells);
        long best = Long.MAX_VALUE;
        for (int run = 0; run < Math.max(LEAST_RUNS, CELLS / batch); run++) {
            long began = System.nanoTime();
            encoder.encode(cells);
            best = Math.min(best, System.nanoTime() - began);
        }
        return batch * 1e9 / best;
    }
}
