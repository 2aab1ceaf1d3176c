// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A connected piece of nuclear stain in the working image: a whole nucleus or a lobe of one.
 *
 * @param label its value in the label plane
 * @param bounds in pixels of the working image
 * @param area pixels
 * @param radius of the largest disc inside, pixels
 */
record Lobe(int label, Bounds bounds, int area, double radius) {

    /** Measures labelled pieces whose radius is of no interest. */
    static List<Lobe> measure(int[] labels, int width) {
        int count = Arrays.stream(labels).max().orElse(0) + 1;
        return measure(labels, new float[labels.length], width, count);
    }

    /**
     * Measures the labelled pieces of a plane.
     *
     * @param labels row by row, 0 outside
     * @param distance to the nearest pixel outside, row by row
     * @param count one more than the highest label
     */
    static List<Lobe> measure(int[] labels, float[] distance, int width, int count) {
        int[] area = new int[count];
        float[] radius = new float[count];
        Bounds[] bounds = new Bounds[count];
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            if (label > 0) {
                area[label]++;
                radius[label] = Math.max(radius[label], distance[i]);
                bounds[label] = Bounds.extended(bounds[label], i % width, i / width);
            }
        }
        List<Lobe> lobes = new ArrayList<>();
        for (int label = 1; label < count; label++) {
            if (area[label] > 0) {
                lobes.add(new Lobe(label, bounds[label], area[label], radius[label]));
            }
        }
        return lobes;
    }
}
