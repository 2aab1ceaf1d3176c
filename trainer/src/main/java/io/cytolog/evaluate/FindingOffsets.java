// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * What is added to the cosine of each finding so that training cells are given each as often as it
 * occurs among them: some wordings lie nearer to all cells than others, and training never sees the
 * bank's. Intercepts of maximum likelihood by generalised iterative scaling (Darroch and Ratcliff
 * 1972). Stateless.
 */
public final class FindingOffsets {

    private static final int ROUNDS = 8;
    private static final int STEPS = 50;

    /** Cells that every finding is thought to have been given rightly: few cells say little. */
    private static final double PRIOR = 2;

    private FindingOffsets() {}

    /**
     * @param images training cells, unit length
     * @param truth place of each cell's finding
     * @param weights of the cells
     * @param findings embeddings of the findings, unit length
     * @return one a finding, cosine units; with mean 0 over findings that have cells, 0 for others
     */
    public static double[] of(
            List<float[]> images, int[] truth, double[] weights, List<float[]> findings) {
        double[][] cosines = new double[images.size()][findings.size()];
        for (int i = 0; i < cosines.length; i++) {
            for (int f = 0; f < findings.size(); f++) {
                cosines[i][f] = Prototypes.dot(images.get(i), findings.get(f));
            }
        }
        return of(cosines, truth, weights, findings.size());
    }

    static double[] of(double[][] all, int[] truth, double[] weights, int findings) {
        double[] offsets = new double[findings];
        double[] present = shares(truth, weights, findings);
        double[][] cosines = ofPresent(all, present);
        for (int round = 0; round < ROUNDS; round++) {
            double scale = scale(cosines, truth, weights, offsets);
            for (int step = 0; step < STEPS; step++) {
                double[] given = new double[findings];
                for (int i = 0; i < truth.length; i++) {
                    double[] shares = softmax(cosines[i], offsets, scale);
                    for (int f = 0; f < findings; f++) {
                        given[f] += weights[i] * shares[f];
                    }
                }
                for (int f = 0; f < findings; f++) {
                    if (present[f] > 0) {
                        offsets[f] += Math.log((present[f] + PRIOR) / (given[f] + PRIOR)) / scale;
                    }
                }
            }
        }
        return centred(offsets, present);
    }

    private static double[] shares(int[] truth, double[] weights, int findings) {
        double[] shares = new double[findings];
        for (int i = 0; i < truth.length; i++) {
            shares[truth[i]] += weights[i];
        }
        return shares;
    }

    /** A finding without cells would be pushed away without end: it takes no part. */
    private static double[][] ofPresent(double[][] all, double[] present) {
        double[][] cosines = new double[all.length][];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = all[i].clone();
            for (int f = 0; f < present.length; f++) {
                cosines[i][f] = present[f] > 0 ? all[i][f] : Double.NEGATIVE_INFINITY;
            }
        }
        return cosines;
    }

    /** Only differences between findings matter. */
    private static double[] centred(double[] offsets, double[] present) {
        double mean = 0;
        int count = 0;
        for (int f = 0; f < offsets.length; f++) {
            mean += offsets[f];
            count += present[f] > 0 ? 1 : 0;
        }
        double[] centred = new double[offsets.length];
        for (int f = 0; f < offsets.length; f++) {
            centred[f] = present[f] > 0 ? offsets[f] - mean / count : 0;
        }
        return centred;
    }

    private static double scale(
            double[][] cosines, int[] truth, double[] weights, double[] offsets) {
        double best = 1;
        double least = Double.MAX_VALUE;
        for (double scale = 1; scale <= 100; scale *= 1.05) {
            double loss = 0;
            for (int i = 0; i < truth.length; i++) {
                loss -= weights[i] * Math.log(softmax(cosines[i], offsets, scale)[truth[i]]);
            }
            if (loss < least) {
                least = loss;
                best = scale;
            }
        }
        return best;
    }

    private static double[] softmax(double[] cosines, double[] offsets, double scale) {
        double[] shares = new double[cosines.length];
        double top = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < shares.length; f++) {
            shares[f] = scale * (cosines[f] + offsets[f]);
            top = Math.max(top, shares[f]);
        }
        for (int f = 0; f < shares.length; f++) {
            shares[f] = Math.exp(shares[f] - top);
        }
        double sum = Arrays.stream(shares).sum();
        for (int f = 0; f < shares.length; f++) {
            shares[f] /= sum;
        }
        return shares;
    }
}
