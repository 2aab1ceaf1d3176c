// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * The picture while it is drawn, as floats, and the camera that turns it into pixels. One thread
 * owns it.
 */
final class Canvas {
    private final int width;
    private final int height;
    private final float[] red;
    private final float[] green;
    private final float[] blue;

    Canvas(int width, int height, Ink background) {
        this.width = width;
        this.height = height;
        this.red = filled(background.red());
        this.green = filled(background.green());
        this.blue = filled(background.blue());
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Lets light through {@code ink}: layers over one another grow darker, as red cells do. */
    void stain(int x, int y, double strength, Ink ink) {
        int i = y * width + x;
        red[i] *= (float) (1 - strength * (1 - ink.red()));
        green[i] *= (float) (1 - strength * (1 - ink.green()));
        blue[i] *= (float) (1 - strength * (1 - ink.blue()));
    }

    /** Hides what lies below, as far as {@code alpha} goes. */
    void cover(int x, int y, double alpha, Ink ink) {
        int i = y * width + x;
        red[i] += (float) (alpha * (ink.red() - red[i]));
        green[i] += (float) (alpha * (ink.green() - green[i]));
        blue[i] += (float) (alpha * (ink.blue() - blue[i]));
    }

    /** What the camera sees: uneven light, a soft lens, a noisy sensor. */
    BufferedImage develop(Random random, double softness) {
        double tiltX = Curve.between(random, -0.03, 0.03);
        double tiltY = Curve.between(random, -0.03, 0.03);
        double vignette = Curve.between(random, 0.0, 0.03);
        float[][] planes = {
            blurred(red, softness), blurred(green, softness), blurred(blue, softness)
        };
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            double v = 2.0 * y / height - 1;
            for (int x = 0; x < width; x++) {
                double u = 2.0 * x / width - 1;
                double light = 1 + tiltX * u + tiltY * v - vignette * (u * u + v * v) / 2;
                double grain = noise(random) * 1.2;
                int i = y * width + x;
                int pixel = 0;
                for (float[] plane : planes) {
                    double level = plane[i] * 255 * light + grain + noise(random) * 1.2;
                    pixel = pixel << 8 | Math.clamp(Math.round(level), 0, 255);
                }
                row[x] = pixel;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    /**
     * Roughly normal, of deviation 1; exact on every machine, which {@code nextGaussian} is not
     * bound to be.
     */
    private static double noise(Random random) {
        return (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
    }

    private float[] blurred(float[] plane, double sigma) {
        float[] kernel = kernel(sigma);
        float[] across = new float[plane.length];
        float[] both = new float[plane.length];
        int reach = kernel.length / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = -reach; k <= reach; k++) {
                    sum += kernel[k + reach] * plane[y * width + Math.clamp(x + k, 0, width - 1)];
                }
                across[y * width + x] = sum;
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = -reach; k <= reach; k++) {
                    sum += kernel[k + reach] * across[Math.clamp(y + k, 0, height - 1) * width + x];
                }
                both[y * width + x] = sum;
            }
        }
        return both;
    }

    private static float[] kernel(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        float[] kernel = new float[2 * reach + 1];
        float sum = 0;
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = (float) StrictMath.exp(-k * k / (2 * sigma * sigma));
            sum += kernel[k + reach];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }

    private float[] filled(double level) {
        float[] plane = new float[width * height];
        java.util.Arrays.fill(plane, (float) level);
        return plane;
    }
}
