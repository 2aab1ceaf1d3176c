// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Which nuclear piece is nearest to each pixel and how far away it is: a Voronoi division of the
 * image, row by row.
 */
record Territories(int[] owner, float[] distance, int width) {

    /** Two neighbouring pieces, the lower label first. */
    record Pair(int one, int other) {}

    static Territories of(int[] labels, int width) {
        byte[] free = new byte[labels.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = (byte) (labels[i] > 0 ? 0 : 255);
        }
        try (Mat mask = Planes.of(free, width);
                Mat distance = new Mat();
                Mat nearest = new Mat()) {
            opencv_imgproc.distanceTransformWithLabels(
                    mask,
                    distance,
                    nearest,
                    opencv_imgproc.DIST_L2,
                    5,
                    opencv_imgproc.DIST_LABEL_PIXEL);
            int[] owner = Planes.ints(nearest);
            rename(owner, labels);
            return new Territories(owner, Planes.floats(distance), width);
        }
    }

    /** OpenCV numbers the pieces' pixels; turns these numbers into the pieces' labels. */
    private static void rename(int[] owner, int[] labels) {
        int[] names = new int[owner.length + 1];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0) {
                names[owner[i]] = labels[i];
            }
        }
        for (int i = 0; i < owner.length; i++) {
            owner[i] = names[owner[i]];
        }
    }

    /** Shortest distance between pieces whose territories touch, pixels. */
    Map<Pair, Double> gaps() {
        Map<Pair, Double> gaps = new HashMap<>();
        for (int i = 0; i < owner.length; i++) {
            if (i % width + 1 < width) {
                meet(gaps, i, i + 1);
            }
            if (i + width < owner.length) {
                meet(gaps, i, i + width);
            }
        }
        return gaps;
    }

    private void meet(Map<Pair, Double> gaps, int i, int j) {
        if (owner[i] != owner[j]) {
            Pair pair = new Pair(Math.min(owner[i], owner[j]), Math.max(owner[i], owner[j]));
            gaps.merge(pair, (double) distance[i] + distance[j], Math::min);
        }
    }
}
