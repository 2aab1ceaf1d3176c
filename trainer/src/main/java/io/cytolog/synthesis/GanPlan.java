// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

/**
 * How long and how hard to train a GAN.
 *
 * @param batch pairs of a real and a generated picture a step, in sets of four of one class
 * @param rate learning rate of the first step; the last has a quarter of it, along a cosine
 * @param penalty factor (gamma) on half of each gradient penalty in the first step; the last has a
 *     tenth of it, along the same cosine
 * @param penaltyEvery steps from one with penalties, then so much heavier, to the next (lazy
 *     regularisation, Karras et al. 2020)
 * @param averageDecay of the generator's running average
 */
public record GanPlan(
        long seed,
        int batch,
        int steps,
        double rate,
        double penalty,
        int penaltyEvery,
        double averageDecay) {

    private static final double LAST_RATE = 0.25;
    private static final double LAST_PENALTY = 0.1;

    /** What suits some thousand cells on a CPU. */
    public static GanPlan standard(long seed, int steps) {
        return new GanPlan(seed, 16, steps, 3e-4, 1, 4, 0.998);
    }

    public GanPlan {
        if (batch < GanShape.SET
                || batch % GanShape.SET != 0
                || steps < 1
                || rate <= 0
                || penalty < 0
                || penaltyEvery < 1) {
            throw new IllegalArgumentException(
                    "batch=%d, steps=%d, rate=%s, penalty=%s, penaltyEvery=%d are out of bounds; give a multiple of 4, at least 1, more than 0, at least 0 and 1"
                            .formatted(batch, steps, rate, penalty, penaltyEvery));
        }
    }

    /** The same with another factor on the penalties. */
    public GanPlan penalised(double factor) {
        return new GanPlan(seed, batch, steps, rate, factor, penaltyEvery, averageDecay);
    }

    /** Whether a step has penalties. */
    boolean penalised(int step) {
        return step % penaltyEvery == 0;
    }

    /** Learning rate of a step. */
    double rate(int step) {
        return rate * falling(step, LAST_RATE);
    }

    /** Factor on half of each gradient penalty of a step that has penalties. */
    double penalty(int step) {
        return penalty * falling(step, LAST_PENALTY);
    }

    private double falling(int step, double last) {
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / steps)));
        return last + (1 - last) * cosine;
    }
}
