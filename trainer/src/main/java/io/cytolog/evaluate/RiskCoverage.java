// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.evaluate.Ranking.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What share of findings is wrong when only the surest cells get one (El-Yaniv and Wiener 2010),
 * the surest being those whose candidate leads by the most.
 *
 * @param points share of cells answered and share of wrong findings among them
 * @param area mean risk over all coverages; lower is better
 */
public record RiskCoverage(List<Point> points, double area) {

    public RiskCoverage {
        points = List.copyOf(points);
    }

    public static RiskCoverage of(Scores scores) {
        int n = scores.truth().length;
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -scores.margin(i)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<Point> points = new ArrayList<>();
        double wrong = 0;
        double area = 0;
        for (int i = 0; i < n; i++) {
            wrong += scores.right(order[i]) ? 0 : 1;
            points.add(new Point((i + 1.0) / n, wrong / (i + 1)));
            area += wrong / (i + 1) / n;
        }
        return new RiskCoverage(points, area);
    }

    /** The largest coverage at which the risk is at most that; 0 where there is none. */
    public double coverageAt(double risk) {
        return points.stream()
                .filter(point -> point.y() <= risk)
                .mapToDouble(Point::x)
                .max()
                .orElse(0);
    }
}
