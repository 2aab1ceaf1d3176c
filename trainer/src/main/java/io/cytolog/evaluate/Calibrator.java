// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.Calibration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Sets logit scale and abstention thresholds on validation cells for a stated risk, and says what
 * they come to on groups that did not set them (cross-fitting over groups). Stateless.
 */
public final class Calibrator {

    private static final int FOLDS = 5;

    /** Share of validation cells that are too little like their finding's sentences. */
    private static final double UNLIKE = 0.01;

    /** Share of validation cells that are too far from all training cells. */
    private static final double FAR = 0.03;

    private Calibrator() {}

    /**
     * What thresholds come to on cells of other groups than those that set them.
     *
     * @param coverage share of cells that get a finding
     * @param risk share of wrong findings among them
     */
    public record Outcome(double coverage, double risk, int covered, int wrong, int cells) {}

    /** Thresholds set on all cells. */
    public static Calibration fit(Scores scores, int notIdentifiable, double statedRisk) {
        return fit(scores, notIdentifiable, statedRisk, cell -> true);
    }

    /** Sets on four fifths of the groups, looks at the last fifth, five times. */
    public static Outcome crossFitted(Scores scores, int notIdentifiable, double statedRisk) {
        int covered = 0;
        int wrong = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            IntPredicate inFold = cell -> fold(scores, cell) == held;
            Calibration set = fit(scores, notIdentifiable, statedRisk, inFold.negate());
            for (int cell = 0; cell < scores.truth().length; cell++) {
                if (inFold.test(cell) && gives(scores, cell, notIdentifiable, set)) {
                    covered++;
                    wrong += scores.right(cell) ? 0 : 1;
                }
            }
        }
        int all = scores.truth().length;
        return new Outcome(
                (double) covered / all,
                covered == 0 ? 0 : (double) wrong / covered,
                covered,
                wrong,
                all);
    }

    /** For each cell the logit scale that cells of the other folds' groups set. */
    public static double[] crossFittedScales(Scores scores) {
        double[] scales = new double[scores.truth().length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] others =
                    IntStream.range(0, scales.length)
                            .filter(cell -> fold(scores, cell) != held)
                            .toArray();
            double scale = logitScale(scores, others);
            for (int cell = 0; cell < scales.length; cell++) {
                if (fold(scores, cell) == held) {
                    scales[cell] = scale;
                }
            }
        }
        return scales;
    }

    /** Which fifth of the groups a cell is in. */
    static int fold(Scores scores, int cell) {
        return Math.floorMod(scores.cells().get(cell).group().hashCode() * 31, FOLDS);
    }

    private static boolean gives(Scores scores, int cell, int notIdentifiable, Calibration set) {
        return scores.given()[cell] != notIdentifiable
                && scores.similarity(cell) >= set.minSimilarity()
                && scores.distances()[cell] <= set.maxDistance()
                && scores.margin(cell) >= set.minMargin();
    }

    private static Calibration fit(
            Scores scores, int notIdentifiable, double statedRisk, IntPredicate used) {
        int[] cells = IntStream.range(0, scores.truth().length).filter(used).toArray();
        double minSimilarity =
                quantile(Arrays.stream(cells).mapToDouble(scores::similarity).toArray(), UNLIKE);
        double maxDistance =
                quantile(
                        Arrays.stream(cells).mapToDouble(c -> scores.distances()[c]).toArray(),
                        1 - FAR);
        int[] open =
                Arrays.stream(cells)
                        .filter(c -> scores.given()[c] != notIdentifiable)
                        .filter(c -> scores.similarity(c) >= minSimilarity)
                        .filter(c -> scores.distances()[c] <= maxDistance)
                        .toArray();
        return new Calibration(
                logitScale(scores, cells),
                minSimilarity,
                margin(scores, open, statedRisk),
                0,
                maxDistance,
                statedRisk,
                offsets(scores));
    }

    private static Map<String, Double> offsets(Scores scores) {
        Map<String, Double> offsets = new HashMap<>();
        for (int f = 0; f < scores.offsets().length; f++) {
            if (scores.offsets()[f] != 0) {
                offsets.put(scores.findings().get(f), scores.offsets()[f]);
            }
        }
        return offsets;
    }

    /** The least margin at which the share of wrong findings stays within the risk. */
    private static double margin(Scores scores, int[] cells, double statedRisk) {
        Integer[] byMargin = Arrays.stream(cells).boxed().toArray(Integer[]::new);
        Arrays.sort(byMargin, (a, b) -> Double.compare(scores.margin(b), scores.margin(a)));
        int wrong = 0;
        double margin = byMargin.length == 0 ? 0 : scores.margin(byMargin[0]);
        for (int i = 0; i < byMargin.length; i++) {
            wrong += scores.right(byMargin[i]) ? 0 : 1;
            if (wrong <= statedRisk * (i + 1)) {
                margin = scores.margin(byMargin[i]);
            }
        }
        return margin;
    }

    /** The scale with the least negative log-likelihood (temperature scaling, Guo et al. 2017). */
    private static double logitScale(Scores scores, int[] cells) {
        double best = 1;
        double least = Double.MAX_VALUE;
        for (double scale = 1; scale <= 100; scale *= 1.02) {
            double loss = 0;
            for (int cell : cells) {
                loss += surprise(scores.similarities()[cell], scores.truth()[cell], scale);
            }
            if (loss < least) {
                least = loss;
                best = scale;
            }
        }
        return best;
    }

    private static double surprise(double[] similarities, int truth, double scale) {
        double sum = 0;
        for (double similarity : similarities) {
            sum += Math.exp(scale * (similarity - similarities[truth]));
        }
        return Math.log(sum);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
