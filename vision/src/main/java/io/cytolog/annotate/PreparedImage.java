// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.ImageKind;
import java.util.List;

/**
 * An image that passed the gate and was decoded, located and cut into cells.
 *
 * @param sha256 digest of the image file
 * @param kind CELL or FIELD
 * @param width pixels
 * @param height pixels
 * @param cells in reading order; none for an empty field
 * @param qualityFlags remarks on the whole picture, for example {@code no-cell-found}
 */
public record PreparedImage(
        String sha256,
        ImageKind kind,
        int width,
        int height,
        List<PreparedCell> cells,
        List<String> qualityFlags) {

    public PreparedImage {
        cells = List.copyOf(cells);
        qualityFlags = List.copyOf(qualityFlags);
    }
}
