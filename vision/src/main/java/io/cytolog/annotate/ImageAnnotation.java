// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.ImageKind;
import io.cytolog.release.ReleaseId;
import java.util.List;

/**
 * The result of one image under one release.
 *
 * @param kind CELL or FIELD
 * @param width of the source image, pixels
 * @param height of the source image, pixels
 */
public record ImageAnnotation(
        ResultId resultId,
        ReleaseId releaseId,
        String bankVersion,
        String imageSha256,
        ImageKind kind,
        int width,
        int height,
        List<CellResult> cells,
        List<String> qualityFlags) {

    public ImageAnnotation {
        cells = List.copyOf(cells);
        qualityFlags = List.copyOf(qualityFlags);
    }
}
