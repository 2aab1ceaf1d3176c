// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.corpus.Cell;
import java.util.Arrays;
import java.util.List;

/**
 * What the release's scoring makes of real cells.
 *
 * @param cells in order
 * @param truth place of the true finding
 * @param given place of the finding with the highest score
 * @param similarities score of each finding, by cell: its cosine and its offset
 * @param offsets of the findings
 * @param distances cosine distance to the nearest prototype, by cell
 */
public record Scores(
        List<String> findings,
        List<Cell> cells,
        int[] truth,
        int[] given,
        double[][] similarities,
        double[] offsets,
        double[] distances) {

    /** Scores cells against findings and prototypes, all unit length. */
    public static Scores of(
            List<String> findings,
            List<Cell> cells,
            int[] truth,
            List<float[]> images,
            List<float[]> findingEmbeddings,
            double[] offsets,
            List<float[]> prototypes) {
        int n = cells.size();
        int[] given = new int[n];
        double[][] similarities = new double[n][findings.size()];
        double[] distances = new double[n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < findings.size(); f++) {
                similarities[i][f] =
                        Prototypes.dot(images.get(i), findingEmbeddings.get(f)) + offsets[f];
            }
            given[i] = best(similarities[i], -1);
            distances[i] = 1 - nearest(images.get(i), prototypes);
        }
        return new Scores(findings, cells, truth, given, similarities, offsets, distances);
    }

    private static double nearest(float[] image, List<float[]> prototypes) {
        double nearest = -1;
        for (float[] prototype : prototypes) {
            nearest = Math.max(nearest, Prototypes.dot(image, prototype));
        }
        return nearest;
    }

    public boolean right(int cell) {
        return truth[cell] == given[cell];
    }

    /** Cosine of the given finding. */
    public double similarity(int cell) {
        return similarities[cell][given[cell]] - offsets[given[cell]];
    }

    /** Lead of the given finding's score over the next one, cosine units. */
    public double margin(int cell) {
        double[] row = similarities[cell];
        return row[given[cell]] - row[best(row, given[cell])];
    }

    /** Softmax of the scores over findings; sums to 1. */
    public double[] probabilities(int cell, double scale) {
        double[] row = similarities[cell];
        double[] shares = new double[row.length];
        double sum = 0;
        for (int f = 0; f < row.length; f++) {
            shares[f] = Math.exp(scale * (row[f] - row[given[cell]]));
            sum += shares[f];
        }
        for (int f = 0; f < row.length; f++) {
            shares[f] /= sum;
        }
        return shares;
    }

    /** Ids of the true findings, by cell. */
    public List<String> truthIds() {
        return Arrays.stream(truth).mapToObj(findings::get).toList();
    }

    /** Counts of some cells, given by their places, some more than once. */
    public Confusion confusion(int[] places) {
        Confusion confusion = new Confusion(findings);
        for (int i : places) {
            confusion.add(truth[i], given[i]);
        }
        return confusion;
    }

    public Confusion confusion() {
        Confusion confusion = new Confusion(findings);
        for (int i = 0; i < truth.length; i++) {
            confusion.add(truth[i], given[i]);
        }
        return confusion;
    }

    private static int best(double[] row, int except) {
        int best = -1;
        for (int f = 0; f < row.length; f++) {
            if (f != except && (best < 0 || row[f] > row[best])) {
                best = f;
            }
        }
        return best;
    }
}
