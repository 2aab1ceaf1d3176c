// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is left of a cell's picture when its finer detail is gone: grey thumbnail of {@value #SIDE}
 * x {@value #SIDE}, mean 0 and length 1, and a perceptual hash of one bit a place (lighter than the
 * median or not). Copies that were re-encoded or slightly shifted in colour have nearly the same
 * print. Immutable.
 */
final class CellPrint {

    static final int SIDE = 32;

    /** The picture itself, three quarter turns, and the mirror images of all four. */
    static final int ORIENTATIONS = 8;

    private static final int PLACES = SIDE * SIDE;
    private static final int HASH_SIDE = 16;

    private final float[] grey;
    private final long[] hash;

    private CellPrint(float[] grey) {
        this.grey = grey;
        this.hash = hash(grey);
    }

    /** The print of a cell whose side is a multiple of {@value #SIDE}. */
    static CellPrint of(CellPixels cell) {
        int block = cell.side() / SIDE;
        if (block * SIDE != cell.side()) {
            throw new IllegalArgumentException(
                    "a cell of %d px a side has no print; give a multiple of %d"
                            .formatted(cell.side(), SIDE));
        }
        float[] grey = new float[PLACES];
        byte[] rgb = cell.rgb();
        for (int y = 0; y < SIDE * block; y++) {
            for (int x = 0; x < SIDE * block; x++) {
                int at = (y * cell.side() + x) * 3;
                grey[y / block * SIDE + x / block] +=
                        (rgb[at] & 0xff) + (rgb[at + 1] & 0xff) + (rgb[at + 2] & 0xff);
            }
        }
        return new CellPrint(unit(grey));
    }

    /** This print, turned and mirrored in every way. */
    List<CellPrint> orientations() {
        List<CellPrint> all = new ArrayList<>(ORIENTATIONS);
        float[] turned = grey;
        for (int quarter = 0; quarter < 4; quarter++) {
            all.add(new CellPrint(turned));
            all.add(new CellPrint(mirrored(turned)));
            turned = turned(turned);
        }
        return all;
    }

    /** Bits of the perceptual hash that differ, 0 to 256. */
    int bitsApart(CellPrint other) {
        int apart = 0;
        for (int i = 0; i < hash.length; i++) {
            apart += Long.bitCount(hash[i] ^ other.hash[i]);
        }
        return apart;
    }

    /** Correlation of the grey values, -1 to 1. */
    double correlation(CellPrint other) {
        double sum = 0;
        for (int i = 0; i < PLACES; i++) {
            sum += grey[i] * other.grey[i];
        }
        return sum;
    }

    private static float[] unit(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value / values.length;
        }
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) mean;
            square += values[i] * values[i];
        }
        float length = (float) Math.sqrt(Math.max(square, 1e-12));
        for (int i = 0; i < values.length; i++) {
            values[i] /= length;
        }
        return values;
    }

    private static float[] turned(float[] from) {
        float[] to = new float[PLACES];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                to[x * SIDE + (SIDE - 1 - y)] = from[y * SIDE + x];
            }
        }
        return to;
    }

    private static float[] mirrored(float[] from) {
        float[] to = new float[PLACES];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                to[y * SIDE + (SIDE - 1 - x)] = from[y * SIDE + x];
            }
        }
        return to;
    }

    private static long[] hash(float[] grey) {
        float[] coarse = new float[HASH_SIDE * HASH_SIDE];
        for (int i = 0; i < PLACES; i++) {
            coarse[i / SIDE / 2 * HASH_SIDE + i % SIDE / 2] += grey[i];
        }
        float[] sorted = coarse.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2];
        long[] hash = new long[coarse.length / Long.SIZE];
        for (int i = 0; i < coarse.length; i++) {
            if (coarse[i] >= median) {
                hash[i / Long.SIZE] |= 1L << i;
            }
        }
        return hash;
    }
}
