// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Steps on binary images (0 and 255) that location is made of. */
final class Masks {

    /** A local maximum of a distance transform: the centre and radius of an inscribed disc. */
    record Peak(int x, int y, double height) {}

    /** Bounds the time that noise can take. */
    private static final int MOST_PEAKS = 5_000;

    private Masks() {}

    /** Outer contours; the caller closes them. */
    static MatVector outlines(Mat mask) {
        MatVector contours = new MatVector();
        opencv_imgproc.findContours(
                mask, contours, opencv_imgproc.RETR_EXTERNAL, opencv_imgproc.CHAIN_APPROX_NONE);
        return contours;
    }

    static boolean touchesEdge(Mat contour, Mat image) {
        try (Rect bounds = opencv_imgproc.boundingRect(contour)) {
            return bounds.x() <= 0
                    || bounds.y() <= 0
                    || bounds.x() + bounds.width() >= image.cols()
                    || bounds.y() + bounds.height() >= image.rows();
        }
    }

    /** Distance to the nearest 0, pixels; beyond the image's edge the mask goes on. */
    static Mat distance(Mat mask) {
        Mat distance = new Mat();
        opencv_imgproc.distanceTransform(
                mask, distance, opencv_imgproc.DIST_L2, opencv_imgproc.DIST_MASK_PRECISE);
        return distance;
    }

    /** Local maxima of at least a height, the highest first, none inside a higher one's disc. */
    static List<Peak> peaks(Mat distance, double least) {
        List<Peak> candidates = new ArrayList<>();
        try (Mat around = new Mat();
                Mat kernel = disc(1);
                FloatIndexer here = distance.createIndexer()) {
            opencv_imgproc.dilate(distance, around, kernel);
            try (FloatIndexer highest = around.createIndexer()) {
                for (int y = 0; y < distance.rows(); y++) {
                    for (int x = 0; x < distance.cols(); x++) {
                        float height = here.get(y, x);
                        if (height >= least && height >= highest.get(y, x)) {
                            candidates.add(new Peak(x, y, height));
                        }
                    }
                }
            }
        }
        return apart(candidates);
    }

    private static List<Peak> apart(List<Peak> candidates) {
        candidates.sort((a, b) -> Double.compare(b.height(), a.height()));
        List<Peak> kept = new ArrayList<>();
        for (Peak peak : candidates.subList(0, Math.min(MOST_PEAKS, candidates.size()))) {
            if (kept.stream().noneMatch(k -> inside(peak, k))) {
                kept.add(peak);
            }
        }
        return kept;
    }

    private static boolean inside(Peak peak, Peak higher) {
        return Math.hypot(peak.x() - higher.x(), peak.y() - higher.y()) < higher.height();
    }

    /** An opening or closing with a disc; a radius below one pixel changes nothing. */
    static void morph(Mat mask, int operation, double radius) {
        if (radius < 0.5) {
            return;
        }
        try (Mat kernel = disc((int) Math.round(radius))) {
            opencv_imgproc.morphologyEx(mask, mask, operation, kernel);
        }
    }

    static Mat disc(int radius) {
        try (Size size = new Size(2 * radius + 1, 2 * radius + 1)) {
            return opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_ELLIPSE, size);
        }
    }

    /** Fills the holes of a mask that are at most so large; what meets the edge is no hole. */
    static void fillHoles(Mat mask, double largest) {
        int width = mask.cols();
        byte[] pixels = Planes.bytes(mask);
        byte[] free = new byte[pixels.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = (byte) ~pixels[i];
        }
        int[] gaps = Planes.connected(free, width, 4);
        boolean[] filled = new boolean[gaps.length + 1];
        for (Lobe gap : Lobe.measure(gaps, width)) {
            filled[gap.label()] =
                    gap.area() <= largest && !gap.bounds().touches(width, mask.rows());
        }
        for (int i = 0; i < pixels.length; i++) {
            if (filled[gaps[i]]) {
                pixels[i] = (byte) 255;
            }
        }
        Planes.put(pixels, mask);
    }
}
