// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.image.PixelImage;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Finds nucleated cells by their stain: nuclei hold methylene blue, red cells do not. Classical and
 * without training; see docs/CELL_LOCATION.md. Stateless and safe for any thread.
 */
public final class StainCellLocator implements CellLocator {

    /** The cell goes beyond the picture. */
    public static final String TOUCHES_EDGE = "touches-edge";

    /** The cell lies against another nucleated cell. */
    public static final String CLUMPED = "clumped";

    /** The nucleus has no sharp edge. */
    public static final String BLURRED = "blurred";

    private static final int COARSE_SIDE = 900;

    private final LocatorSettings settings;

    public StainCellLocator() {
        this(LocatorSettings.DEFAULT);
    }

    public StainCellLocator(LocatorSettings settings) {
        this.settings = settings;
        opencv_core.setNumThreads(1);
    }

    @Override
    public List<LocatedCell> locate(PixelImage field) {
        double diameter = redCellDiameter(field.bgr());
        double scale = workingScale(field, diameter);
        try (Mat working = scaled(field.bgr(), scale);
                StainMap stain = StainMap.of(working, settings.leastNuclearStain())) {
            return new FieldCells(stain, settings, diameter * scale)
                    .find(field.width(), field.height());
        }
    }

    /** In pixels of the source image. */
    private double redCellDiameter(Mat bgr) {
        double scale = Math.min(1, (double) COARSE_SIDE / Math.max(bgr.cols(), bgr.rows()));
        try (Mat coarse = scaled(bgr, scale);
                StainMap stain = StainMap.of(coarse, settings.leastNuclearStain());
                Mat cells = RedCellScale.stained(stain, settings.leastNuclearStain())) {
            double guess = settings.share() * Math.max(coarse.cols(), coarse.rows());
            return RedCellScale.diameter(cells).orElse(guess) / scale;
        }
    }

    private double workingScale(PixelImage field, double diameter) {
        double pixels = (double) field.width() * field.height();
        double most = Math.sqrt(settings.mostWorkingPixels() / pixels);
        return Math.min(1, Math.min(most, settings.workingDiameter() / diameter));
    }

    private static Mat scaled(Mat bgr, double scale) {
        Mat small = new Mat();
        int width = (int) Math.max(8, Math.round(bgr.cols() * scale));
        int height = (int) Math.max(8, Math.round(bgr.rows() * scale));
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(bgr, small, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        return small;
    }
}
