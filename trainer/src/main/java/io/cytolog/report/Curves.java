// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluation.OfFinding;
import io.cytolog.evaluate.Ranking;
import io.cytolog.evaluate.Ranking.Point;
import io.cytolog.evaluate.Reliability;
import io.cytolog.evaluate.RiskCoverage;
import io.cytolog.evaluate.Scores;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's curves. Stateless. */
final class Curves {

    private static final int LEAST_CELLS = 10;

    private Curves() {}

    /** One finding against the rest, for findings with ten cells or more. */
    static void roc(Evaluation evaluation, Scores scores, Path png) throws IOException {
        XYChart chart =
                Charts.shares(
                        "One finding against the rest",
                        "false positive rate",
                        "true positive rate");
        chart.setTitle("ROC, one finding against the rest");
        int[] all = IntStream.range(0, scores.truth().length).toArray();
        List<OfFinding> shown =
                evaluation.findings().stream()
                        .filter(finding -> finding.cells() >= LEAST_CELLS)
                        .sorted(Comparator.comparingDouble(f -> f.auroc().value()))
                        .toList();
        for (int k = 0; k < shown.size(); k++) {
            int place = scores.findings().indexOf(shown.get(k).id());
            Ranking ranking = ranking(scores, all, place, evaluation.before().scale());
            String name =
                    String.format(
                            Locale.ROOT,
                            "%.3f  %s",
                            shown.get(k).auroc().value(),
                            shown.get(k).display());
            Charts.line(chart, name, ranking.roc(), Palette.of(k, shown.size()));
        }
        Charts.reference(chart, "by chance", new Point(0, 0), new Point(1, 1));
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        Charts.save(chart, png);
    }

    private static Ranking ranking(Scores scores, int[] all, int finding, double scale) {
        double[] score = new double[all.length];
        boolean[] own = new boolean[all.length];
        for (int i : all) {
            score[i] = scores.probabilities(i, scale)[finding];
            own[i] = scores.truth()[i] == finding;
        }
        return new Ranking(all, score, own);
    }

    /** Stated against seen probability, before and after calibration. */
    static void reliability(Evaluation evaluation, Path png) throws IOException {
        XYChart chart = Charts.shares("Reliability", "stated probability", "share that is right");
        line(chart, "before", evaluation.before(), Charts.RED);
        line(chart, "after, cross-fitted", evaluation.after(), Charts.BLUE);
        Charts.reference(chart, "as stated", new Point(0, 0), new Point(1, 1));
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        Charts.save(chart, png);
    }

    private static void line(XYChart chart, String name, Reliability reliability, Color colour) {
        List<Point> points =
                reliability.bins().stream()
                        .map(bin -> new Point(bin.stated(), bin.right()))
                        .toList();
        String full = String.format(Locale.ROOT, "%s: ECE %.3f", name, reliability.expectedError());
        Charts.line(chart, full, points, colour)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(colour);
    }

    /** Wrong findings against the share of cells that get one. */
    static void risk(RiskCoverage risk, double statedRisk, Path png) throws IOException {
        XYChart chart =
                Charts.shares(
                        "Risk and coverage", "share of cells answered", "share that is wrong");
        double highest = risk.points().stream().mapToDouble(Point::y).max().orElse(1);
        chart.getStyler().setYAxisMax(Math.min(1, Math.max(0.2, highest * 1.1)));
        Charts.line(chart, "surest first", risk.points(), Charts.BLUE);
        Charts.reference(
                chart,
                String.format(Locale.ROOT, "stated risk %.2f", statedRisk),
                new Point(0, statedRisk),
                new Point(1, statedRisk));
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        Charts.save(chart, png);
    }
}
