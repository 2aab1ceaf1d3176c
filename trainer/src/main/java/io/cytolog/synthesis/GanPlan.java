// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

/**
 * How long and how hard to train a GAN.
 *
 * @param batch pairs of a real and a generated picture a step
 * @param rate learning rate of the first step; the last has a quarter of it, along a cosine
 * @param penalty factor (gamma) on half of each gradient penalty
 * @param averageDecay of the generator's running average
 */
public record GanPlan(
        long seed, int batch, int steps, double rate, double penalty, double averageDecay) {

    private static final double LAST = 0.25;

    /** What suits some thousand cells on a CPU. */
    public static GanPlan standard(long seed, int steps) {
        return new GanPlan(seed, 32, steps, 3e-4, 1.0, 0.998);
    }

    public GanPlan {
        if (batch < 2 || steps < 1 || rate <= 0 || penalty < 0) {
            throw new IllegalArgumentException(
                    "batch=%d, steps=%d, rate=%s, penalty=%s are out of bounds; give at least 2, 1, more than 0 and 0"
                            .formatted(batch, steps, rate, penalty));
        }
    }

    /** Learning rate of a step. */
    double rate(int step) {
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / steps)));
        return rate * (LAST + (1 - LAST) * cosine);
    }
}
