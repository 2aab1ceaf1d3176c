// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measured points, with the straight line through them, on linear axes that begin at nought. */
public final class LineChart {

    private static final double WIDTH = 760;
    private static final double HEIGHT = 440;
    private static final double LEFT = 80;
    private static final double RIGHT = 30;
    private static final double TOP = 100;
    private static final double BOTTOM = 60;
    private static final int TICKS = 5;

    /** A measured point. */
    public record Point(double x, double y) {}

    private LineChart() {}

    public static String draw(
            String title, String subtitle, String xName, String yName, List<Point> points) {
        double last = points.stream().mapToDouble(Point::x).max().orElse(1);
        double xMost = round(last);
        double yMost = round(points.stream().mapToDouble(Point::y).max().orElse(1) * 1.05);
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(24, 30, 18, Svg.INK, "start", title);
        svg.text(24, 50, 12, Svg.FAINT, "start", subtitle);
        for (int i = 0; i <= TICKS; i++) {
            double x = xMost * i / TICKS;
            double y = yMost * i / TICKS;
            svg.line(LEFT, yOf(y, yMost), WIDTH - RIGHT, yOf(y, yMost), Svg.RULE, 1);
            svg.text(LEFT - 8, yOf(y, yMost) + 4, 11, Svg.FAINT, "end", tick(y));
            svg.text(xOf(x, xMost), HEIGHT - BOTTOM + 18, 11, Svg.FAINT, "middle", tick(x));
        }
        Line fit = Line.through(points);
        svg.line(
                xOf(0, xMost),
                yOf(Math.max(0, fit.at(0)), yMost),
                xOf(last, xMost),
                yOf(Math.min(yMost, fit.at(last)), yMost),
                Svg.colour(0),
                1.5);
        svg.path(
                points.stream()
                        .map(p -> format("%.1f,%.1f", xOf(p.x(), xMost), yOf(p.y(), yMost)))
                        .collect(Collectors.joining(" ")),
                Svg.colour(1));
        points.forEach(p -> svg.dot(xOf(p.x(), xMost), yOf(p.y(), yMost), 4, Svg.colour(1)));
        svg.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, 12, Svg.INK, "middle", xName);
        svg.text(24, TOP - 16, 12, Svg.INK, "start", yName);
        return svg.toString();
    }

    private static double xOf(double x, double most) {
        return LEFT + x / most * (WIDTH - LEFT - RIGHT);
    }

    private static double yOf(double y, double most) {
        return HEIGHT - BOTTOM - y / most * (HEIGHT - TOP - BOTTOM);
    }

    /** The next number of one or two figures. */
    private static double round(double most) {
        double unit = Math.pow(10, Math.floor(Math.log10(most))) / 2;
        return Math.ceil(most / unit) * unit;
    }

    private static String tick(double value) {
        return value == Math.rint(value) ? format("%,.0f", value) : format("%.2f", value);
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
