// Licensed under the Apache License, Version 2.0.
package io.cytolog.outline;

import io.cytolog.measure.Ellipse;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A bright ring around a dim ellipse on dark speckle, as a skull looks in an ultrasound picture: a
 * drawing, made to check that a known circumference is measured. It says nothing about ultrasound.
 *
 * @param outer the ring's outer edge, pixels
 */
record Phantom(BufferedImage image, Ellipse outer) {

    static final int SIDE = 360;

    private static final double LONGEST = 118;
    private static final double SHORTEST = 62;
    private static final int GRAIN = 4;

    /** The same random source gives the same phantom. */
    static Phantom draw(Random random) {
        double a = SHORTEST + (LONGEST - SHORTEST) * random.nextDouble();
        Ellipse outer =
                new Ellipse(
                        SIDE / 2.0 + 16 * (random.nextDouble() - 0.5),
                        SIDE / 2.0 + 16 * (random.nextDouble() - 0.5),
                        a,
                        a * (0.7 + 0.28 * random.nextDouble()),
                        Math.PI * random.nextDouble());
        return new Phantom(picture(outer, random), outer);
    }

    private static BufferedImage picture(Ellipse outer, Random random) {
        double thickness = 6 + 6 * random.nextDouble();
        double bright = 150 + 90 * random.nextDouble();
        double inside = 35 + 45 * random.nextDouble();
        double outside = 10 + 30 * random.nextDouble();
        double shadow = 2 * Math.PI * random.nextDouble();
        float[] speckle = speckle(random);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double away = away(outer, x + 0.5, y + 0.5);
                double angle = Math.atan2(y - outer.centreY(), x - outer.centreX());
                // The beam meets the side walls at a grazing angle: they are weaker there.
                double ring = bright * (0.7 + 0.3 * Math.cos(2 * (angle - shadow)));
                double wall = clamp(0.5 - away) * clamp(0.5 + away + thickness);
                double tissue = away < 0 ? inside : outside;
                double level = tissue + wall * (ring - tissue);
                int grey =
                        Math.clamp(Math.round(level * (0.7 + 0.6 * speckle[y * SIDE + x])), 0, 255);
                image.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return image;
    }

    /** Distance from the edge in pixels, to first order; negative inside. */
    private static double away(Ellipse e, double x, double y) {
        double cos = Math.cos(e.angle());
        double sin = Math.sin(e.angle());
        double u = ((x - e.centreX()) * cos + (y - e.centreY()) * sin) / e.semiMajor();
        double v = (-(x - e.centreX()) * sin + (y - e.centreY()) * cos) / e.semiMinor();
        double level = Math.sqrt(u * u + v * v);
        double slope = Math.hypot(u / e.semiMajor(), v / e.semiMinor()) / Math.max(level, 1e-9);
        return (level - 1) / Math.max(slope, 1e-9);
    }

    /** Share of each pixel that lies within the outer edge. */
    float[] coverage() {
        float[] shares = new float[SIDE * SIDE];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) clamp(0.5 - away(outer, i % SIDE + 0.5, i / SIDE + 0.5));
        }
        return shares;
    }

    /** Grains of about four pixels, 0 to 1 and now and then above. */
    private static float[] speckle(Random random) {
        int coarse = SIDE / GRAIN + 2;
        float[] grains = new float[coarse * coarse];
        for (int i = 0; i < grains.length; i++) {
            double re = random.nextGaussian();
            double im = random.nextGaussian();
            grains[i] = (float) (Math.sqrt(re * re + im * im) / 2.5);
        }
        float[] speckle = new float[SIDE * SIDE];
        for (int i = 0; i < speckle.length; i++) {
            double x = (double) (i % SIDE) / GRAIN;
            double y = (double) (i / SIDE) / GRAIN;
            int at = (int) y * coarse + (int) x;
            double fx = x - (int) x;
            double fy = y - (int) y;
            double above = grains[at] * (1 - fx) + grains[at + 1] * fx;
            double below = grains[at + coarse] * (1 - fx) + grains[at + coarse + 1] * fx;
            speckle[i] = (float) (above * (1 - fy) + below * fy);
        }
        return speckle;
    }

    private static double clamp(double value) {
        return Math.clamp(value, 0.0, 1.0);
    }
}
