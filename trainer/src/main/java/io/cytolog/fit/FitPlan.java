// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/**
 * How long and how hard to train.
 *
 * @param batch cells a step
 * @param epochs rounds over as many cells as there are
 * @param learningRate highest, reached after the warm-up and lowered along a cosine
 * @param warmupSteps steps of linear rise
 * @param sides of the pictures
 * @param strength of augmentation
 * @param mixup both parameters of the Beta distribution that a second cell's share of a picture
 *     follows ({@link Mixup}), 0 to 1; 0 for one cell a picture
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
        Sides sides,
        Ramp strength,
        double mixup,
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
                new Sides(0.35, 0.65),
                Ramp.upTo(1),
                0,
                Precision.ofProcessor(),
                Optimiser.ADAMW,
                Aims.STANDARD);
    }

    /** The same with other aims. */
    public FitPlan aimedAt(Aims other) {
        return with(learningRate, sides, strength, mixup, precision, optimiser, other);
    }

    /**
     * The same with pictures of full side from the first step: for sides that are small anyway, and
     * for a network that has learnt already what smaller ones show.
     */
    public FitPlan atFullSide() {
        return with(learningRate, Sides.FULL, strength, mixup, precision, optimiser, aims);
    }

    /** The same with pictures altered otherwise. */
    public FitPlan altered(Ramp other) {
        return with(learningRate, sides, other, mixup, precision, optimiser, aims);
    }

    /** The same with cells mixed otherwise. */
    public FitPlan mixed(double other) {
        return with(learningRate, sides, strength, other, precision, optimiser, aims);
    }

    /** The same with another highest learning rate. */
    public FitPlan rated(double other) {
        return with(other, sides, strength, mixup, precision, optimiser, aims);
    }

    /** The same in another precision. */
    public FitPlan computedIn(Precision other) {
        return with(learningRate, sides, strength, mixup, other, optimiser, aims);
    }

    /** The same with another optimiser. */
    public FitPlan optimisedBy(Optimiser other) {
        return with(learningRate, sides, strength, mixup, precision, other, aims);
    }

    private FitPlan with(
            double rate,
            Sides sizes,
            Ramp alteration,
            double mixing,
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
                sizes,
                alteration,
                mixing,
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
                Sides.FULL,
                Ramp.FULL,
                0,
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
                Sides.FULL,
                Ramp.FULL,
                0,
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
        if (!(mixup >= 0 && mixup <= 1)) {
            throw new IllegalArgumentException(
                    "mixup=%s is out of bounds; give 0 to 1".formatted(mixup));
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
        return sides.at(step, steps, fullSide);
    }
}
