// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sets of findings that hold the true one with a stated frequency: every finding whose probability
 * reaches a threshold set on cells of other groups (least ambiguous sets, Sadinle, Lei and
 * Wasserman 2019). The promise is for cells like those that set it, on average over cells, not for
 * each finding.
 *
 * @param level stated frequency
 * @param coverage share of sets that hold the true finding
 * @param size mean number of findings in a set
 * @param single share of sets of one finding
 * @param empty share of empty sets: nothing is likely enough
 */
public record Conformal(double level, Estimate coverage, double size, double single, double empty) {

    /**
     * Sets under thresholds and scales that cells of other groups set.
     *
     * @param scales factor from cosine to logit, by cell
     */
    static Conformal of(Scores scores, double[] scales, double level, GroupBootstrap bootstrap) {
        int n = scales.length;
        double[] own = new double[n];
        for (int i = 0; i < n; i++) {
            own[i] = scores.probabilities(i, scales[i])[scores.truth()[i]];
        }
        boolean[] held = new boolean[n];
        int[] sizes = new int[n];
        for (int i = 0; i < n; i++) {
            double threshold = threshold(scores, own, Calibrator.fold(scores, i), level);
            for (double share : scores.probabilities(i, scales[i])) {
                sizes[i] += share >= threshold ? 1 : 0;
            }
            held[i] = own[i] >= threshold;
        }
        return new Conformal(
                level,
                bootstrap.estimate(
                        places ->
                                Arrays.stream(places)
                                        .mapToDouble(i -> held[i] ? 1 : 0)
                                        .average()
                                        .orElse(Double.NaN)),
                Arrays.stream(sizes).average().orElse(Double.NaN),
                share(sizes, 1),
                share(sizes, 0));
    }

    private static double share(int[] sizes, int size) {
        return (double) Arrays.stream(sizes).filter(s -> s == size).count() / sizes.length;
    }

    /** The probability that a share of {@code level} of the other folds' true findings reach. */
    private static double threshold(Scores scores, double[] own, int fold, double level) {
        double[] others =
                IntStream.range(0, own.length)
                        .filter(i -> Calibrator.fold(scores, i) != fold)
                        .mapToDouble(i -> own[i])
                        .sorted()
                        .toArray();
        int missed = (int) Math.floor((others.length + 1) * (1 - level));
        return missed == 0 ? 0 : others[Math.min(missed, others.length) - 1];
    }
}
