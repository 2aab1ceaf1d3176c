// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.cell.NucleusGroups.Nucleus;
import java.util.Arrays;

/** How wide a nucleus' edge is: the way from outside to inside at the edge's own steepness. */
final class Sharpness {

    private Sharpness() {}

    /**
     * @param stain nuclear stain, row by row
     * @param labels of lobes, row by row
     * @return pixels of the working image
     */
    static double edgeWidth(Nucleus nucleus, float[] stain, int[] labels, int width) {
        int height = labels.length / width;
        Bounds b = nucleus.bounds().grown(1, width, height);
        float[] inside = new float[b.width() * b.height()];
        float[] slopes = new float[inside.length];
        int count = 0;
        int edge = 0;
        for (int y = Math.max(1, b.top()); y <= Math.min(height - 2, b.bottom()); y++) {
            for (int x = Math.max(1, b.left()); x <= Math.min(width - 2, b.right()); x++) {
                int i = y * width + x;
                if (labels[i] > 0) {
                    inside[count++] = stain[i];
                    if (labels[i - 1] * labels[i + 1] * labels[i - width] * labels[i + width]
                            == 0) {
                        slopes[edge++] = slope(stain, i, width);
                    }
                }
            }
        }
        if (edge == 0) {
            return 0;
        }
        Arrays.sort(inside, 0, count);
        Arrays.sort(slopes, 0, edge);
        return inside[count / 2] / Math.max(1e-3, slopes[edge * 3 / 4]);
    }

    private static float slope(float[] stain, int i, int width) {
        double dx = (stain[i + 1] - stain[i - 1]) / 2;
        double dy = (stain[i + width] - stain[i - width]) / 2;
        return (float) Math.hypot(dx, dy);
    }
}
