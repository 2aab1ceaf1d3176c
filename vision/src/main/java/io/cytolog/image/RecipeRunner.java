// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2Lab;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_Lab2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.createCLAHE;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_imgproc.CLAHE;

/** Runs a {@link Recipe} with OpenCV. Stateless and safe for any thread. */
public final class RecipeRunner {

    private static final int SMALLEST_CROP = 8;

    /** Bounds the memory of one crop; no cell is wider at any magnification. */
    private static final int LARGEST_CROP = 4096;

    /** Spans of L, as shares of its range, that a cell is called flat and lively at. */
    private static final double FLAT = 0.25;

    private static final double LIVELY = 0.75;

    private final Recipe recipe;

    public RecipeRunner(Recipe recipe) {
        this.recipe = recipe;
        OpenCv.ready();
    }

    /** The centred square of an image that shows one cell. */
    public CellPixels cellImage(PixelImage image) {
        double scale = image.reduction();
        int side = side(image);
        return square(
                image,
                image.width() / 2.0 / scale,
                image.height() / 2.0 / scale,
                (int) Math.round(side / scale));
    }

    /** The square around a cell that was located in a field; beyond the edge the image mirrors. */
    public CellPixels locatedCell(PixelImage image, Box box) {
        if (image.reduction() != 1) {
            throw new IllegalArgumentException("cells are located in images decoded whole");
        }
        return square(image, box.x() + box.width() / 2.0, box.y() + box.height() / 2.0, side(box));
    }

    /** Side of the square that {@link #cellImage} takes, pixels of the source image. */
    public int side(PixelImage image) {
        return Math.min(Math.min(image.width(), image.height()), recipe.cropSide());
    }

    /** Side of the square that {@link #locatedCell} takes, pixels of the source image. */
    public int side(Box box) {
        int side = (int) Math.round(Math.max(box.width(), box.height()) * recipe.contextFactor());
        return Math.clamp(side, SMALLEST_CROP, LARGEST_CROP);
    }

    private CellPixels square(PixelImage image, double centreX, double centreY, int side) {
        int left = (int) Math.round(centreX - side / 2.0);
        int top = (int) Math.round(centreY - side / 2.0);
        try (Mat crop = cropped(image.bgr(), left, top, side);
                Mat input = new Mat()) {
            int interpolation = side >= recipe.inputSide() ? INTER_AREA : INTER_LINEAR;
            try (Size size = new Size(recipe.inputSide(), recipe.inputSide())) {
                resize(crop, input, size, 0, 0, interpolation);
            }
            if (recipe.whiteLevel() > 0) {
                WhiteBalance.apply(input, recipe.whiteLevel());
            }
            if (!recipe.stain().isNone()) {
                StainTransfer.apply(input, recipe.stain());
            }
            return recipe.claheClipLimit() == 0 ? converted(input) : equalised(input);
        }
    }

    private static Mat cropped(Mat bgr, int left, int top, int side) {
        int x0 = Math.max(0, left);
        int y0 = Math.max(0, top);
        int x1 = Math.min(bgr.cols(), left + side);
        int y1 = Math.min(bgr.rows(), top + side);
        try (Rect inside = new Rect(x0, y0, x1 - x0, y1 - y0);
                Mat view = new Mat(bgr, inside)) {
            if (x1 - x0 == side && y1 - y0 == side) {
                return new Mat(view);
            }
            Mat crop = new Mat();
            copyMakeBorder(
                    view,
                    crop,
                    y0 - top,
                    top + side - y1,
                    x0 - left,
                    left + side - x1,
                    BORDER_REFLECT_101);
            return crop;
        }
    }

    private CellPixels converted(Mat bgr) {
        cvtColor(bgr, bgr, COLOR_BGR2RGB);
        return pixels(bgr);
    }

    private CellPixels equalised(Mat bgr) {
        try (Mat lab = new Mat();
                Mat lightness = new Mat();
                Size tiles = new Size(recipe.claheTiles(), recipe.claheTiles());
                CLAHE clahe = createCLAHE(recipe.claheClipLimit(), tiles)) {
            cvtColor(bgr, lab, COLOR_BGR2Lab);
            opencv_core.extractChannel(lab, lightness, 0);
            if (recipe.claheAdaptive()) {
                clahe.setClipLimit(clipLimit(lightness, recipe.claheClipLimit()));
            }
            clahe.apply(lightness, lightness);
            opencv_core.insertChannel(lightness, lab, 0);
            cvtColor(lab, bgr, COLOR_Lab2RGB);
            return pixels(bgr);
        }
    }

    /**
     * A cell's own clip limit (ALHE): falls linearly from {@code most}, where the middle nine
     * tenths of the pixels span a quarter of L's range or less, to 1, where they span three
     * quarters.
     *
     * @param lightness L, 8 bits
     */
    static double clipLimit(Mat lightness, double most) {
        byte[] values = new byte[lightness.rows() * lightness.cols()];
        lightness.data().get(values);
        int[] counts = new int[256];
        for (byte value : values) {
            counts[Byte.toUnsignedInt(value)]++;
        }
        double span =
                (level(counts, 0.95 * values.length) - level(counts, 0.05 * values.length)) / 255.0;
        double flat = Math.clamp((LIVELY - span) / (LIVELY - FLAT), 0, 1);
        return 1 + (most - 1) * flat;
    }

    /** The first level below or at which there are so many pixels. */
    private static int level(int[] counts, double pixels) {
        int level = 0;
        double below = counts[0];
        while (below < pixels && level < counts.length - 1) {
            below += counts[++level];
        }
        return level;
    }

    private CellPixels pixels(Mat rgb) {
        byte[] bytes = new byte[recipe.inputSide() * recipe.inputSide() * 3];
        rgb.data().get(bytes);
        return new CellPixels(recipe.inputSide(), bytes);
    }
}
