// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.measure.Measured;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.List;

/** Puts annotations and a release's bank together into a result. Safe for any thread. */
public final class ImageAnnotator {

    private final Release release;

    public ImageAnnotator(Release release) {
        this.release = release;
    }

    /**
     * @param annotations one a cell of the image, in order
     */
    public ImageAnnotation annotate(PreparedImage image, List<CellAnnotation> annotations) {
        if (annotations.size() != image.cells().size()) {
            throw new IllegalArgumentException(
                    "%d cells, %d annotations".formatted(image.cells().size(), annotations.size()));
        }
        List<CellResult> cells = new ArrayList<>(annotations.size());
        for (int i = 0; i < annotations.size(); i++) {
            PreparedCell cell = image.cells().get(i);
            CellAnnotation said = annotations.get(i);
            cells.add(new CellResult(cell.cell(), said.with(measured(cell, said.measured()))));
        }
        return new ImageAnnotation(
                ResultId.of(release, image.sha256(), image.kind()),
                release.id(),
                release.bank().version(),
                image.sha256(),
                image.kind(),
                image.width(),
                image.height(),
                cells,
                image.qualityFlags());
    }

    /** Beyond the edge of a field its pixels are mirrored: an outline there is no cell's. */
    private static Measured measured(PreparedCell cell, Measured seen) {
        return cell.cell().cutByEdge() ? seen.cutByEdge() : seen.enlarged(cell.sourcePixels());
    }
}
