// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.image.PixelImage;
import java.util.List;

/** Finds the nucleated cells of a field. Implementations are safe for any thread. */
public interface CellLocator {

    /**
     * The cells in reading order (top to bottom, then left to right); empty when there is none.
     *
     * @param field 8-bit BGR pixels; stays the caller's
     */
    List<LocatedCell> locate(PixelImage field);
}
