// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.util.List;

/** The straight line with the least squares through points. */
public record Line(double offset, double slope) {

    public static Line through(List<LineChart.Point> points) {
        double n = points.size();
        double x = points.stream().mapToDouble(LineChart.Point::x).sum() / n;
        double y = points.stream().mapToDouble(LineChart.Point::y).sum() / n;
        double xx = points.stream().mapToDouble(p -> (p.x() - x) * (p.x() - x)).sum();
        double xy = points.stream().mapToDouble(p -> (p.x() - x) * (p.y() - y)).sum();
        double slope = xx == 0 ? 0 : xy / xx;
        return new Line(y - slope * x, slope);
    }

    public double at(double x) {
        return offset + slope * x;
    }

    /** Share of the variance that the line explains; 1 when all points lie on it. */
    public double fit(List<LineChart.Point> points) {
        double mean = points.stream().mapToDouble(LineChart.Point::y).average().orElse(0);
        double all = points.stream().mapToDouble(p -> square(p.y() - mean)).sum();
        double rest = points.stream().mapToDouble(p -> square(p.y() - at(p.x()))).sum();
        return all == 0 ? 1 : 1 - rest / all;
    }

    private static double square(double value) {
        return value * value;
    }
}
