// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/**
 * Sides of the pictures along a run, small ones first (progressive resizing): one of half the side
 * costs about a quarter, and much is learnt from it.
 *
 * @param half share of the steps until which pictures have half the side
 * @param coarse share of the steps until which they have three quarters of it
 */
public record Sides(double half, double coarse) {

    /** Full from the first step. */
    public static final Sides FULL = new Sides(0, 0);

    private static final int LEAST = 32;

    public Sides {
        if (!(half >= 0 && half <= coarse && coarse < 1)) {
            throw new IllegalArgumentException(
                    "shares of small pictures %s and %s are out of bounds; give 0 to less than 1, rising"
                            .formatted(half, coarse));
        }
    }

    /** Side of the pictures of a step, a multiple of 32 px. */
    int at(int step, int steps, int full) {
        if (step < half * steps) {
            return part(full, 2);
        }
        return step < coarse * steps ? part(full, 3) : full;
    }

    private static int part(int full, int quarters) {
        return Math.max(LEAST, full * quarters / 4 / 32 * 32);
    }
}
