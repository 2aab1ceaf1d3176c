// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.image.OpenCv;
import io.cytolog.image.PixelImage;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
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
    private static final int MEASURABLE = 20;

    private final LocatorSettings settings;

    public StainCellLocator() {
        this(LocatorSettings.DEFAULT);
    }

    public StainCellLocator(LocatorSettings settings) {
        this.settings = settings;
        OpenCv.ready();
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

    /**
     * In pixels of the source image; measured on the whole field first, then on its middle, nearer
     * and nearer, until a red cell is large enough to measure.
     */
    private double redCellDiameter(Mat bgr) {
        double scale = Math.min(1, (double) COARSE_SIDE / Math.max(bgr.cols(), bgr.rows()));
        double diameter = redCellDiameter(bgr, scale);
        while (scale < 1 && diameter * scale < MEASURABLE) {
            scale = Math.min(1, 2.5 * scale);
            diameter = redCellDiameter(bgr, scale);
        }
        return diameter;
    }

    private double redCellDiameter(Mat bgr, double scale) {
        double least = settings.leastNuclearStain();
        int side = (int) Math.ceil(COARSE_SIDE / scale);
        try (Rect middle = middle(bgr, side);
                Mat window = new Mat(bgr, middle);
                Mat coarse = scaled(window, scale);
                StainMap stain = StainMap.of(coarse, least);
                Mat cells = RedCellScale.stained(stain, least)) {
            double guess = settings.share() * Math.max(bgr.cols(), bgr.rows());
            OptionalDouble measured = RedCellScale.diameter(cells);
            return measured.isPresent() ? measured.getAsDouble() / scale : guess;
        }
    }

    private static Rect middle(Mat bgr, int side) {
        int width = Math.min(side, bgr.cols());
        int height = Math.min(side, bgr.rows());
        return new Rect((bgr.cols() - width) / 2, (bgr.rows() - height) / 2, width, height);
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
