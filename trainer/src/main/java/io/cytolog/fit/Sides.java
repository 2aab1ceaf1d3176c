// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.util.SplittableRandom;

/**
 * Sides of the pictures along a run (progressive resizing): one of half the side costs about a
 * quarter, and much is learnt from it.
 *
 * @param half share of the steps whose pictures have half the side
 * @param coarse share of the steps whose pictures have at most three quarters of it
 * @param order in which they come
 */
public record Sides(double half, double coarse, Order order) {

    /** Full from the first step. */
    public static final Sides FULL = new Sides(0, 0, Order.RISING);

    /** Share of the steps, the last of all, that show pictures of full side where others mix. */
    private static final double END = 0.12;

    private static final int LEAST = 32;

    /** How the sides follow each other. */
    public enum Order {
        /** Small ones first, full ones in the end. */
        RISING,
        /** Each step draws its own, and full ones in the end. */
        DRAWN
    }

    public Sides {
        if (!(half >= 0 && half <= coarse && coarse <= 1 - END || half == 0 && coarse == 0)) {
            throw new IllegalArgumentException(
                    "shares of small pictures %s and %s are out of bounds; give 0 to %s, rising"
                            .formatted(half, coarse, 1 - END));
        }
    }

    /** Small ones first. */
    public static Sides rising(double half, double coarse) {
        return new Sides(half, coarse, Order.RISING);
    }

    /** The same in another order. */
    public Sides inOrder(Order other) {
        return new Sides(half, coarse, other);
    }

    /** Side of the pictures of a step, a multiple of 32 px. */
    int at(int step, int steps, int full, long seed) {
        double place = (double) step / steps;
        if (order == Order.DRAWN) {
            place =
                    place < 1 - END
                            ? new SplittableRandom(seed * 1_000_003L + step).nextDouble()
                                    * (1 - END)
                            : 1;
        }
        if (place < half) {
            return part(full, 2);
        }
        return place < coarse ? part(full, 3) : full;
    }

    private static int part(int full, int quarters) {
        return Math.max(LEAST, full * quarters / 4 / 32 * 32);
    }
}
