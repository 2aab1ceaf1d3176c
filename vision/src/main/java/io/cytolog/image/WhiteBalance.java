// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Brings the background beside a cell to one grey: each channel is multiplied so that the mean of
 * the brightest pixels comes to a given level (what is brightest is taken for white). Cells of two
 * scanners then differ less in the colour of their light. Stateless.
 */
final class WhiteBalance {

    private static final int CHANNELS = 3;
    private static final int LEVELS = 256;

    /** Weights of blue, green and red in the brightness that sorts pixels, in tenths. */
    private static final int[] WEIGHTS = {2, 6, 2};

    private static final int WEIGHT_SUM = 10;

    /** Shares of the pixels that are darker and brighter than background; the rest is glare. */
    private static final double DARKER = 0.85;

    private static final double BRIGHTER = 0.03;

    /** What is darker than this is the black around a cell that was cut out. */
    private static final int BLACK = 12;

    /** With more black, what is brightest lies in the cell. */
    private static final double MOST_BLACK = 0.1;

    /** A background darker than this is none: a smear that fills the picture. */
    private static final double LEAST_BACKGROUND = 100;

    private WhiteBalance() {}

    /**
     * Changes the pixels in place; leaves them alone where no background is seen.
     *
     * @param bgr 8 bits, three channels, continuous
     * @param level that the background is brought to, above 0, at most 255
     */
    static void apply(Mat bgr, double level) {
        byte[] pixels = new byte[Math.toIntExact(bgr.total()) * CHANNELS];
        bgr.data().get(pixels);
        int[] counts = new int[LEVELS];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            counts[brightness(pixels, i)]++;
        }
        int count = pixels.length / CHANNELS;
        if (below(counts, BLACK) > MOST_BLACK * count) {
            return;
        }
        int least = level(counts, DARKER * count);
        int most = level(counts, (1 - BRIGHTER) * count);
        if (least < LEAST_BACKGROUND) {
            return;
        }
        double[] background = means(pixels, least, most);
        for (int c = 0; c < CHANNELS; c++) {
            multiply(pixels, c, level / background[c]);
        }
        bgr.data().put(pixels);
    }

    private static int brightness(byte[] pixels, int at) {
        int sum = 0;
        for (int c = 0; c < CHANNELS; c++) {
            sum += WEIGHTS[c] * Byte.toUnsignedInt(pixels[at + c]);
        }
        return sum / WEIGHT_SUM;
    }

    private static int below(int[] counts, int level) {
        int sum = 0;
        for (int i = 0; i < level; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The first level at or below which there are more pixels. */
    private static int level(int[] counts, double pixels) {
        int level = 0;
        int sum = counts[0];
        while (sum <= pixels && level < LEVELS - 1) {
            sum += counts[++level];
        }
        return level;
    }

    private static double[] means(byte[] pixels, int least, int most) {
        double[] means = new double[CHANNELS];
        int count = 0;
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            int brightness = brightness(pixels, i);
            if (brightness < least || brightness > most) {
                continue;
            }
            count++;
            for (int c = 0; c < CHANNELS; c++) {
                means[c] += Byte.toUnsignedInt(pixels[i + c]);
            }
        }
        for (int c = 0; c < CHANNELS; c++) {
            means[c] = Math.max(1, means[c] / count);
        }
        return means;
    }

    private static void multiply(byte[] pixels, int channel, double gain) {
        byte[] table = new byte[LEVELS];
        for (int value = 0; value < LEVELS; value++) {
            table[value] = (byte) Math.min(LEVELS - 1, Math.round(gain * value));
        }
        for (int i = channel; i < pixels.length; i += CHANNELS) {
            pixels[i] = table[Byte.toUnsignedInt(pixels[i])];
        }
    }
}
