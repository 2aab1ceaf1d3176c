// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.image.Box;
import io.cytolog.image.OpenCv;
import io.cytolog.image.PixelImage;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Finds red cells in the picture of one nucleated cell, in whose middle that cell is. Classical and
 * without training: the discs that fit into what is stained and no nucleus. Stateless and safe for
 * any thread.
 */
public final class RedCellsBeside {

    /** Shares of the picture's shorter side. A middle of twice that radius is the labelled cell. */
    private static final double MIDDLE = 0.27;

    private static final double LEAST_DIAMETER = 0.1;
    private static final double MOST_DIAMETER = 0.3;

    /** Share of the square that is as dark as only nuclei are. */
    private static final double MOST_NUCLEUS = 0.03;

    /** Optical densities of green: of nuclei, and of red cells on the average. */
    private static final double NUCLEUS = 0.75;

    private static final double FAINTEST = 0.06;
    private static final double DARKEST = 0.6;

    /** Red's density over that of green: red cells let red light pass, cytoplasm does not. */
    private static final double MOST_RED = 0.85;

    private static final double LEAST_NUCLEAR_STAIN = LocatorSettings.DEFAULT.leastNuclearStain();

    public RedCellsBeside() {
        OpenCv.ready();
    }

    /**
     * Squares around red cells that are whole and clear of the picture's middle, the largest first;
     * pixels of the picture. None is found where the labelled cell fills the picture.
     */
    public List<Box> find(PixelImage picture) {
        Mat bgr = picture.bgr();
        double side = Math.min(bgr.cols(), bgr.rows());
        try (StainMap stain = StainMap.of(bgr, LEAST_NUCLEAR_STAIN);
                Mat cells = RedCellScale.stained(stain, LEAST_NUCLEAR_STAIN);
                Mat distance = Masks.distance(cells);
                Mat red = stain.red();
                Mat green = stain.green();
                Mat nuclei = StainMap.above(green, (float) NUCLEUS)) {
            return Masks.peaks(distance, LEAST_DIAMETER * side / 2).stream()
                    .filter(disc -> 2 * disc.height() <= MOST_DIAMETER * side)
                    .filter(disc -> RedCellScale.inside(disc, bgr))
                    .filter(disc -> fromMiddle(disc, bgr) >= MIDDLE * side + disc.height())
                    .map(RedCellsBeside::around)
                    .filter(box -> coloured(box, red, green))
                    .filter(box -> mean(nuclei, box) <= 255 * MOST_NUCLEUS)
                    .toList();
        }
    }

    private static boolean coloured(Box box, Mat red, Mat green) {
        double density = mean(green, box);
        return density >= FAINTEST && density <= DARKEST && mean(red, box) <= MOST_RED * density;
    }

    private static double mean(Mat values, Box box) {
        try (Rect inside = new Rect(box.x(), box.y(), box.width(), box.height());
                Mat view = new Mat(values, inside);
                Scalar mean = opencv_core.mean(view)) {
            return mean.get(0);
        }
    }

    private static double fromMiddle(Masks.Peak disc, Mat image) {
        return Math.hypot(disc.x() - image.cols() / 2.0, disc.y() - image.rows() / 2.0);
    }

    /** The disc lies inside the picture, and so does the square. */
    private static Box around(Masks.Peak disc) {
        int radius = (int) disc.height();
        return new Box(disc.x() - radius, disc.y() - radius, 2 * radius, 2 * radius);
    }
}
