// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.evaluate.Ranking.Point;
import io.cytolog.evaluate.SeenCells;
import io.cytolog.evaluate.Tsne;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cells and the sentences of their findings in one picture, by t-SNE. Stateless. */
final class CellMap {

    private static final int MOST_CELLS = 1500;
    private static final double PERPLEXITY = 30;
    private static final long SEED = 1;
    private static final double LINE = 0.022;

    /** At the left and at the right, for names that are wider than their cells, of the width. */
    private static final double MARGIN = 0.1;

    private CellMap() {}

    static void draw(SeenCells seen, Path png) throws IOException {
        List<float[]> points = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        double step = Math.max(1, seen.cells().size() / (double) MOST_CELLS);
        for (double next = 0; next < seen.cells().size(); next += step) {
            points.add(seen.embeddings().get((int) next));
            findings.add(seen.cells().get((int) next).finding());
        }
        int cells = points.size();
        SentenceBank bank = seen.release().bank();
        for (int s = 0; s < bank.sentences().size(); s++) {
            Sentence sentence = bank.sentences().get(s);
            if (sentence.role() == Sentence.Role.FINDING
                    && findings.subList(0, cells).contains(sentence.finding())) {
                points.add(bank.embeddings().get(s).values());
                findings.add(sentence.finding());
            }
        }
        chart(bank, Tsne.map(points, PERPLEXITY, SEED), findings, cells, png);
    }

    private static void chart(
            SentenceBank bank, double[][] places, List<String> findings, int cells, Path png)
            throws IOException {
        XYChart chart =
                Charts.plain("Cells (dots) and sentences (diamonds), t-SNE", "", "", 1000, 760);
        chart.getStyler().setMarkerSize(5);
        chart.getStyler().setAxisTicksVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        List<String> shown =
                bank.scored().stream().map(Finding::id).filter(findings::contains).toList();
        Map<String, Point> anchors = new LinkedHashMap<>();
        for (int k = 0; k < shown.size(); k++) {
            Color colour = Palette.of(k, shown.size());
            String id = shown.get(k);
            List<Point> own = points(places, findings, 0, cells, id);
            Charts.scatter(chart, display(bank, id), own, colour);
            List<Point> said = points(places, findings, cells, places.length, id);
            var diamonds = Charts.scatter(chart, id + " sentences", said, colour.darker());
            diamonds.setMarker(SeriesMarkers.DIAMOND).setShowInLegend(false);
            anchors.put(id, said.getFirst());
        }
        chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.BOLD, 11));
        leaveMargins(chart, places);
        label(chart, bank, anchors, places);
        Charts.save(chart, png);
    }

    private static void leaveMargins(XYChart chart, double[][] places) {
        DoubleSummaryStatistics across =
                Arrays.stream(places).mapToDouble(place -> place[0]).summaryStatistics();
        double margin = MARGIN * (across.getMax() - across.getMin());
        chart.getStyler().setXAxisMin(across.getMin() - margin);
        chart.getStyler().setXAxisMax(across.getMax() + margin);
    }

    /** Names the sentences a little above them, and above a name that is already there. */
    private static void label(
            XYChart chart, SentenceBank bank, Map<String, Point> anchors, double[][] places) {
        double lowest = Arrays.stream(places).mapToDouble(place -> place[1]).min().orElse(0);
        double highest = Arrays.stream(places).mapToDouble(place -> place[1]).max().orElse(1);
        double line = LINE * (highest - lowest);
        List<Point> taken = new ArrayList<>();
        anchors.forEach(
                (id, at) -> {
                    Point free = new Point(at.x(), at.y() + line);
                    while (isTaken(free, taken, line)) {
                        free = new Point(free.x(), free.y() + line / 2);
                    }
                    taken.add(free);
                    chart.addAnnotation(
                            new AnnotationText(display(bank, id), free.x(), free.y(), false));
                });
    }

    /** A name is about eight times as wide as high. */
    private static boolean isTaken(Point place, List<Point> taken, double line) {
        return taken.stream()
                .anyMatch(
                        other ->
                                Math.abs(other.y() - place.y()) < line
                                        && Math.abs(other.x() - place.x()) < 8 * line);
    }

    private static List<Point> points(
            double[][] places, List<String> findings, int from, int to, String id) {
        List<Point> points = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (findings.get(i).equals(id)) {
                points.add(new Point(places[i][0], places[i][1]));
            }
        }
        return points;
    }

    private static String display(SentenceBank bank, String id) {
        return bank.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .map(Finding::display)
                .findFirst()
                .orElse(id);
    }
}
