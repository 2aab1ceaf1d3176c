// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Silhouette;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.MeasurementHead;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the bank says of cells and what a measurement head measures of them. Owned by the thread
 * that opens it.
 */
public final class MeasuringAnnotator implements CellAnnotator {

    private final CellAnnotator annotator;
    private final OnnxMeasurementHead head;
    private final ErrorBounds bounds;
    private final double inputPixels;

    private MeasuringAnnotator(
            CellAnnotator annotator,
            OnnxMeasurementHead head,
            ErrorBounds bounds,
            double inputPixels) {
        this.annotator = annotator;
        this.head = head;
        this.bounds = bounds;
        this.inputPixels = inputPixels;
    }

    /**
     * Opens all that a release has: its encoder with its bank, and its measurement head where it
     * carries one.
     *
     * @throws InvalidReleaseException when a model cannot be loaded or computes something else
     */
    public static CellAnnotator open(Release release, int maxBatch, SessionOpener opener)
            throws InvalidReleaseException {
        CellAnnotator annotator = OnnxCellAnnotator.open(release, maxBatch, opener);
        Optional<MeasurementHead> head = release.measurementHead();
        if (head.isEmpty()) {
            return annotator;
        }
        try {
            double side = release.manifest().encoder().inputSide();
            return new MeasuringAnnotator(
                    annotator,
                    OnnxMeasurementHead.open(release, head.get(), maxBatch, opener),
                    head.get().errorBounds(),
                    side / head.get().mapSide());
        } catch (InvalidReleaseException | RuntimeException e) {
            annotator.close();
            throw e;
        }
    }

    @Override
    public int maxBatch() {
        return annotator.maxBatch();
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        List<CellAnnotation> said = annotator.annotate(cells);
        List<Silhouette> seen = head.outline(cells);
        List<CellAnnotation> all = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            all.add(said.get(i).with(seen.get(i).measured(bounds).enlarged(inputPixels)));
        }
        return all;
    }

    @Override
    public void close() {
        try (annotator) {
            head.close();
        }
    }
}
