// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How far stated probabilities can be believed.
 *
 * @param scale mean factor from cosine to logit
 * @param bins of the candidate's probability, equal in width; empty ones are left out
 * @param expectedError expected calibration error over these bins (Guo et al. 2017)
 * @param brier mean squared distance of the probabilities from the truth, over all findings (Brier
 *     1950); 0 to 2
 * @param surprise mean negative log-likelihood, nats
 */
public record Reliability(
        double scale, List<Bin> bins, double expectedError, double brier, double surprise) {

    private static final int BINS = 15;

    /**
     * Cells whose candidate's probability is alike.
     *
     * @param stated their mean probability
     * @param right share of them whose candidate is right
     */
    public record Bin(int cells, double stated, double right) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * @param scales factor from cosine to logit, by cell
     */
    public static Reliability of(Scores scores, double[] scales) {
        int n = scales.length;
        int[] cells = new int[BINS];
        double[] stated = new double[BINS];
        double[] right = new double[BINS];
        double brier = 0;
        double surprise = 0;
        double scale = 0;
        for (int i = 0; i < n; i++) {
            double[] p = scores.probabilities(i, scales[i]);
            double best = p[scores.given()[i]];
            int bin = Math.min(BINS - 1, (int) (best * BINS));
            cells[bin]++;
            stated[bin] += best;
            right[bin] += scores.right(i) ? 1 : 0;
            for (int f = 0; f < p.length; f++) {
                double truth = f == scores.truth()[i] ? 1 : 0;
                brier += (p[f] - truth) * (p[f] - truth);
            }
            surprise -= Math.log(Math.max(1e-12, p[scores.truth()[i]]));
            scale += scales[i];
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            if (cells[b] > 0) {
                bins.add(new Bin(cells[b], stated[b] / cells[b], right[b] / cells[b]));
                error += Math.abs(stated[b] - right[b]) / n;
            }
        }
        return new Reliability(scale / n, bins, error, brier / n, surprise / n);
    }
}
