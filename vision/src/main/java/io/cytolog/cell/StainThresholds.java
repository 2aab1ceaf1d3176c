// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.Arrays;

/**
 * Where nuclear stain begins, told from the field's own red cells and nuclei, which are far fewer
 * than what Otsu's method wants.
 */
final class StainThresholds {

    private static final double NORMAL_30 = 0.524;
    private static final double NORMAL_5 = 1.645;
    private static final double CLEAR_OF_RED_CELLS = 4;
    private static final double CLEAR_OF_BACKGROUND = 4;
    private static final double FAINTEST = 0.08;
    private static final int MOST_SAMPLES = 100_000;
    private static final double HALF_WAY = 0.5;

    private StainThresholds() {}

    static float nuclear(StainMap stain, double least) {
        return nuclear(Planes.floats(stain.nuclear()), Planes.bytes(stain.background()), least);
    }

    /**
     * Half way between red cells and nuclei. The red cells' mean and deviation come from the lower
     * tail of what is stained, so that up to two thirds of it may be nuclei.
     *
     * @param stain nuclear stain of every pixel
     * @param background 255 where nothing is stained
     * @param least lowest threshold, optical density
     */
    static float nuclear(float[] stain, byte[] background, double least) {
        float[] stained = sorted(stain, background, Float.NEGATIVE_INFINITY);
        if (stained.length == 0) {
            return Float.MAX_VALUE;
        }
        double p5 = quantile(stained, 0.05);
        double p30 = quantile(stained, 0.3);
        double deviation = (p30 - p5) / (NORMAL_5 - NORMAL_30);
        double redCells = p30 + NORMAL_30 * deviation;
        double floor = Math.max(least, redCells + CLEAR_OF_RED_CELLS * deviation);
        float[] nuclei = sorted(stain, background, (float) floor);
        if (nuclei.length == 0) {
            return Float.MAX_VALUE;
        }
        double half = redCells + HALF_WAY * (quantile(nuclei, 0.5) - redCells);
        return (float) Math.max(floor, half);
    }

    /**
     * From clear of the background's noise to half of what red cells have; empty where the stain is
     * too weak for that.
     *
     * @param density of green, every pixel; 0 is the commonest background, below it is noise
     */
    static float[] pale(float[] density, byte[] background) {
        float[] unstained = sorted(density, inverse(background), Float.NEGATIVE_INFINITY);
        float[] stained = sorted(density, background, Float.NEGATIVE_INFINITY);
        if (unstained.length == 0 || stained.length == 0) {
            return new float[] {1, 0};
        }
        double deviation = Math.max(0, -quantile(unstained, 0.05)) / NORMAL_5;
        double least = Math.max(FAINTEST, CLEAR_OF_BACKGROUND * deviation);
        return new float[] {(float) least, (float) (HALF_WAY * quantile(stained, 0.5))};
    }

    private static byte[] inverse(byte[] mask) {
        byte[] inverse = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            inverse[i] = (byte) ~mask[i];
        }
        return inverse;
    }

    /** Every n-th of the chosen values, so that sorting takes bounded time. */
    private static float[] sorted(float[] stain, byte[] background, float above) {
        int step = 1 + stain.length / MOST_SAMPLES;
        float[] chosen = new float[stain.length / step + 1];
        int count = 0;
        for (int i = 0; i < stain.length; i += step) {
            if (background[i] == 0 && stain[i] > above) {
                chosen[count++] = stain[i];
            }
        }
        float[] values = Arrays.copyOf(chosen, count);
        Arrays.sort(values);
        return values;
    }

    static double quantile(float[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
