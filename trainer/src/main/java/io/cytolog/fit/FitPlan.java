// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/**
 * How long and how hard to train.
 *
 * @param batch cells a step
 * @param epochs rounds over as many cells as there are
 * @param learningRate highest, reached after the warm-up and lowered along a cosine
 * @param warmupSteps steps of linear rise
 * @param halfSideUntil share of the steps until which pictures have half the side (progressive
 *     resizing: a picture of half the side costs about a quarter, and much is learnt from it)
 * @param coarseUntil share of the steps until which they have three quarters of the side
 * @param strength of augmentation
 * @param precision of the towers' large products
 * @param optimiser that makes updates of gradients
 * @param aims what the loss asks for
 */
public record FitPlan(
        long seed,
        int batch,
        int epochs,
        double learningRate,
        int warmupSteps,
        double weightDecay,
        double dropPath,
        double averageDecay,
        double halfSideUntil,
        double coarseUntil,
        Ramp strength,
        Precision precision,
        Optimiser optimiser,
        Aims aims) {

    /** The usual training of a network from nothing. */
    public static FitPlan standard(long seed, int epochs) {
        return new FitPlan(
                seed,
                48,
                epochs,
                1.5e-3,
                200,
                0.05,
                0.05,
                0.998,
                0.55,
                0.78,
                Ramp.upTo(1),
                Precision.ofProcessor(),
                Optimiser.ADAMW,
                Aims.STANDARD);
    }

    /** The same with other aims. */
    public FitPlan aimedAt(Aims other) {
        return with(
                learningRate, halfSideUntil, coarseUntil, strength, precision, optimiser, other);
    }

    /**
     * The same with pictures of full side from the first step: for sides that are small anyway, and
     * for a network that has learnt already what smaller ones show.
     */
    public FitPlan atFullSide() {
        return with(learningRate, 0, 0, strength, precision, optimiser, aims);
    }

    /**
     * The same with pictures of full side for longer, for a network that has learnt already what
     * small ones show.
     */
    public FitPlan detailed() {
        return with(learningRate, 0.35, 0.65, strength, precision, optimiser, aims);
    }

    /** The same with pictures altered otherwise. */
    public FitPlan altered(Ramp other) {
        return with(learningRate, halfSideUntil, coarseUntil, other, precision, optimiser, aims);
    }

    /** The same with another highest learning rate. */
    public FitPlan rated(double other) {
        return with(other, halfSideUntil, coarseUntil, strength, precision, optimiser, aims);
    }

    /** The same in another precision. */
    public FitPlan computedIn(Precision other) {
        return with(learningRate, halfSideUntil, coarseUntil, strength, other, optimiser, aims);
    }

    /** The same with another optimiser. */
    public FitPlan optimisedBy(Optimiser other) {
        return with(learningRate, halfSideUntil, coarseUntil, strength, precision, other, aims);
    }

    private FitPlan with(
            double rate,
            double half,
            double coarse,
            Ramp alteration,
            Precision rounding,
            Optimiser rule,
            Aims others) {
        return new FitPlan(
                seed,
                batch,
                epochs,
                rate,
                warmupSteps,
                weightDecay,
                dropPath,
                averageDecay,
                half,
                coarse,
                alteration,
                rounding,
                rule,
                others);
    }

    /** For the masked autoencoder: pictures of full side, since small ones have few patches. */
    public static FitPlan pretraining(long seed, int epochs) {
        return new FitPlan(
                seed,
                64,
                epochs,
                1.5e-3,
                200,
                0.05,
                0,
                0.998,
                0,
                0,
                Ramp.FULL,
                Precision.ofProcessor(),
                Optimiser.ADAMW,
                Aims.STANDARD);
    }

    /** For a network that outlines cells. */
    public static FitPlan outlining(long seed, int epochs) {
        return new FitPlan(
                seed,
                32,
                epochs,
                3e-3,
                100,
                0.01,
                0,
                0.995,
                0,
                0,
                Ramp.FULL,
                Precision.FLOAT32,
                Optimiser.ADAMW,
                Aims.STANDARD);
    }

    public FitPlan {
        if (batch < 2 || epochs < 1) {
            throw new IllegalArgumentException(
                    "batch=%d, epochs=%d are out of bounds; give at least 2 and 1"
                            .formatted(batch, epochs));
        }
    }

    public int stepsPerEpoch(int cells) {
        return Math.max(1, cells / batch);
    }

    public int steps(int cells) {
        return epochs * stepsPerEpoch(cells);
    }

    /** Learning rate of a step: linear warm-up, then a cosine to zero. */
    public double rate(int step, int steps) {
        if (step < warmupSteps) {
            return learningRate * (step + 1) / warmupSteps;
        }
        double done = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
        return learningRate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }

    /** Side of the pictures of a step. */
    public int side(int step, int steps, int fullSide) {
        if (step < halfSideUntil * steps) {
            return Math.max(32, fullSide / 2 / 32 * 32);
        }
        return step < coarseUntil * steps ? Math.max(32, fullSide * 3 / 4 / 32 * 32) : fullSide;
    }
}
