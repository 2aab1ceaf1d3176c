// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Tells a field's magnification from its red cells, which are about 7.5 micrometres wide. */
final class RedCellScale {

    private static final double LEAST_ROUNDNESS = 0.72;
    private static final double LARGEST_SHARE_OF_SIDE = 0.5;
    private static final double UPPER = 0.7;
    private static final int LONE_CELLS = 3;
    private static final double PALE_CENTRE = 0.01;
    private static final int SPECK = 2;
    private static final int NUCLEAR_RIM = 3;
    private static final int LEAST_PIXELS = 5;

    private record Disc(double diameter) {

        double weight() {
            return diameter * diameter;
        }
    }

    private RedCellScale() {}

    /** 255 where there is stain but no nucleus; pale centres filled. The caller closes it. */
    static Mat stained(StainMap stain, double leastNuclearStain) {
        float nuclear = StainThresholds.nuclear(stain, leastNuclearStain);
        Mat cells = new Mat();
        try (Mat nuclei = StainMap.above(stain.nuclear(), nuclear)) {
            Masks.morph(nuclei, opencv_imgproc.MORPH_OPEN, SPECK);
            Masks.morph(nuclei, opencv_imgproc.MORPH_DILATE, NUCLEAR_RIM);
            opencv_core.bitwise_or(nuclei, stain.background(), cells);
            opencv_core.bitwise_not(cells, cells);
        }
        Masks.morph(cells, opencv_imgproc.MORPH_OPEN, SPECK);
        Masks.fillHoles(cells, PALE_CENTRE * cells.cols() * cells.rows());
        return cells;
    }

    /**
     * The upper discs that fit into the red cells, clumped or not; where lone round cells agree,
     * their median.
     *
     * @param stained 255 where there is stain, nuclei left out, pale centres filled
     * @return pixels; empty when nothing round is there
     */
    static OptionalDouble diameter(Mat stained) {
        OptionalDouble fitting = weighted(inscribed(stained), UPPER);
        if (fitting.isEmpty()) {
            return fitting;
        }
        double about = fitting.getAsDouble();
        List<Disc> lone =
                loneCells(stained).stream()
                        .filter(disc -> disc.diameter() > 0.6 * about)
                        .filter(disc -> disc.diameter() < 1.6 * about)
                        .toList();
        return lone.size() >= LONE_CELLS ? weighted(lone, 0.5) : fitting;
    }

    private static List<Disc> loneCells(Mat stained) {
        List<Disc> discs = new ArrayList<>();
        try (MatVector contours = Masks.outlines(stained)) {
            for (long i = 0; i < contours.size(); i++) {
                try (Mat contour = contours.get(i)) {
                    double area = opencv_imgproc.contourArea(contour);
                    double around = opencv_imgproc.arcLength(contour, true);
                    double roundness = 4 * Math.PI * area / Math.max(1, around * around);
                    if (roundness >= LEAST_ROUNDNESS && !Masks.touchesEdge(contour, stained)) {
                        discs.add(new Disc(2 * Math.sqrt(area / Math.PI)));
                    }
                }
            }
        }
        return discs;
    }

    private static List<Disc> inscribed(Mat stained) {
        try (Mat distance = Masks.distance(stained)) {
            return Masks.peaks(distance, LEAST_PIXELS / 2.0).stream()
                    .filter(peak -> inside(peak, stained))
                    .map(peak -> new Disc(2 * peak.height()))
                    .filter(disc -> plausible(disc.diameter(), stained))
                    .toList();
        }
    }

    /** A disc that reaches the image's edge may be part of anything. */
    static boolean inside(Masks.Peak peak, Mat image) {
        double nearest =
                Math.min(
                        Math.min(peak.x(), image.cols() - 1 - peak.x()),
                        Math.min(peak.y(), image.rows() - 1 - peak.y()));
        return nearest >= peak.height();
    }

    private static boolean plausible(double diameter, Mat image) {
        int side = Math.min(image.cols(), image.rows());
        return diameter >= LEAST_PIXELS && diameter <= LARGEST_SHARE_OF_SIDE * side;
    }

    /** The diameter below which a share of all the discs' volume lies: dirt hardly counts. */
    private static OptionalDouble weighted(List<Disc> discs, double share) {
        double wanted = share * discs.stream().mapToDouble(Disc::weight).sum();
        double seen = 0;
        List<Disc> sorted =
                discs.stream().sorted(Comparator.comparingDouble(Disc::diameter)).toList();
        for (Disc disc : sorted) {
            seen += disc.weight();
            if (seen >= wanted) {
                return OptionalDouble.of(disc.diameter());
            }
        }
        return OptionalDouble.empty();
    }
}
