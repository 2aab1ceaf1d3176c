// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/** Seeded value noise over the plane; integer hashing only, so every machine draws the same. */
record Noise(long seed) {

    /** Smooth noise of wavelength 1, from 0 to 1. */
    double at(double x, double y) {
        double fx = Math.floor(x);
        double fy = Math.floor(y);
        long ix = (long) fx;
        long iy = (long) fy;
        double tx = fade(x - fx);
        double ty = fade(y - fy);
        double top = lerp(lattice(ix, iy), lattice(ix + 1, iy), tx);
        double bottom = lerp(lattice(ix, iy + 1), lattice(ix + 1, iy + 1), tx);
        return lerp(top, bottom, ty);
    }

    /** Octaves of {@link #at}, each half as long and half as strong, from 0 to 1. */
    double octaves(double x, double y, int count) {
        double sum = 0;
        double weight = 0;
        double share = 1;
        double scale = 1;
        for (int i = 0; i < count; i++) {
            sum += share * at(x * scale + i * 17.3, y * scale - i * 9.1);
            weight += share;
            share /= 2;
            scale *= 2.03;
        }
        return sum / weight;
    }

    /** Distance to the nearest of one random point a unit square, from 0 to about 1: clumps. */
    double clumps(double x, double y) {
        long cx = (long) Math.floor(x);
        long cy = (long) Math.floor(y);
        double nearest = 4;
        for (long iy = cy - 1; iy <= cy + 1; iy++) {
            for (long ix = cx - 1; ix <= cx + 1; ix++) {
                double dx = ix + lattice(ix, iy) - x;
                double dy = iy + lattice(ix + 7919, iy) - y;
                nearest = Math.min(nearest, dx * dx + dy * dy);
            }
        }
        return Math.sqrt(nearest);
    }

    private double lattice(long x, long y) {
        long h = seed ^ (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL);
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return ((h ^ (h >>> 31)) >>> 11) * 0x1.0p-53;
    }

    private static double fade(double t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    private static double lerp(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
