// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Positives and negatives in the order of a score, the highest first, equal scores together.
 * Immutable.
 */
public final class Ranking {

    /**
     * A point of a curve.
     *
     * @param x false positive rate, recall or coverage
     * @param y true positive rate, precision or risk
     */
    public record Point(double x, double y) {}

    private final double[] scores;
    private final boolean[] positive;
    private final long positives;

    /**
     * @param cells places of what is ranked, some more than once
     * @param scores by place
     * @param positive by place
     */
    public Ranking(int[] cells, double[] scores, boolean[] positive) {
        int[] order =
                IntStream.of(cells)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        this.scores = IntStream.of(order).mapToDouble(i -> scores[i]).toArray();
        this.positive = new boolean[order.length];
        long count = 0;
        for (int i = 0; i < order.length; i++) {
            this.positive[i] = positive[order[i]];
            count += this.positive[i] ? 1 : 0;
        }
        this.positives = count;
    }

    /**
     * Area under the ROC curve: the chance that a positive ranks before a negative, ties counted
     * half (Hanley and McNeil 1982). NaN without positives or without negatives.
     */
    public double auroc() {
        double negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        double pairs = 0;
        double before = 0;
        for (int from = 0; from < scores.length; ) {
            int to = endOfTie(from);
            double hits = hits(from, to);
            double misses = to - from - hits;
            pairs += misses * (before + hits / 2);
            before += hits;
            from = to;
        }
        return pairs / (positives * negatives);
    }

    /**
     * Area under the precision-recall curve as average precision, without interpolation (Davis and
     * Goadrich 2006). NaN without positives.
     */
    public double averagePrecision() {
        if (positives == 0) {
            return Double.NaN;
        }
        double sum = 0;
        double before = 0;
        for (int from = 0; from < scores.length; ) {
            int to = endOfTie(from);
            double hits = hits(from, to);
            before += hits;
            sum += hits * before / to;
            from = to;
        }
        return sum / positives;
    }

    /** The ROC curve from (0, 0) to (1, 1), a point a tie. */
    public List<Point> roc() {
        double negatives = Math.max(1, scores.length - positives);
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        double hits = 0;
        for (int from = 0; from < scores.length; ) {
            int to = endOfTie(from);
            hits += hits(from, to);
            points.add(new Point((to - hits) / negatives, hits / Math.max(1, positives)));
            from = to;
        }
        return points;
    }

    private int endOfTie(int from) {
        int to = from + 1;
        while (to < scores.length && scores[to] == scores[from]) {
            to++;
        }
        return to;
    }

    private double hits(int from, int to) {
        double hits = 0;
        for (int i = from; i < to; i++) {
            hits += positive[i] ? 1 : 0;
        }
        return hits;
    }
}
