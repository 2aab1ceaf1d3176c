// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.LocatedCell;
import io.cytolog.image.CellPixels;

/**
 * A located cell with the pixels that the encoder takes.
 *
 * @param sourcePixels of the source image that one of these pixels has along a side
 */
public record PreparedCell(LocatedCell cell, CellPixels pixels, double sourcePixels) {

    /** Pixels as large as those of the source image. */
    public PreparedCell(LocatedCell cell, CellPixels pixels) {
        this(cell, pixels, 1);
    }
}
