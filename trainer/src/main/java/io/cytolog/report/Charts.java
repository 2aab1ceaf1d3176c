// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.evaluate.Ranking.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in one look: white, fine grid, twice the pixels for sharp screens. */
final class Charts {

    static final Color BLUE = new Color(0x2F6DB5);
    static final Color GREY = new Color(0x9AA5B1);
    static final Color RED = new Color(0xC0392B);

    private static final int DPI = 144;
    private static final float LINE = 1.8f;
    private static final int MOST_POINTS = 400;
    private static final BasicStroke DASHED =
            new BasicStroke(
                    1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);

    private Charts() {}

    /** A square chart of shares, both axes 0 to 1. */
    static XYChart shares(String title, String x, String y) {
        XYChart chart = plain(title, x, y, 520, 520);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        return chart;
    }

    /** A chart without data. */
    static XYChart plain(String title, String x, String y, int width, int height) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setLegendBorderColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideE);
        styler.setPlotBorderColor(new Color(0xD5DBE1));
        styler.setPlotGridLinesColor(new Color(0xE8ECF0));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        return chart;
    }

    /** A line; long ones are thinned, since no eye sees more. */
    static XYSeries line(XYChart chart, String name, List<Point> points, Color colour) {
        List<Point> kept = thinned(points);
        XYSeries series =
                chart.addSeries(
                        name,
                        kept.stream().mapToDouble(Point::x).toArray(),
                        kept.stream().mapToDouble(Point::y).toArray());
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineWidth(LINE);
        return series;
    }

    /** A dashed line of reference between two points. */
    static void reference(XYChart chart, String name, Point from, Point to) {
        line(chart, name, List.of(from, to), GREY).setLineStyle(DASHED);
    }

    /** Points without a line. */
    static XYSeries scatter(XYChart chart, String name, List<Point> points, Color colour) {
        XYSeries series =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(Point::x).toArray(),
                        points.stream().mapToDouble(Point::y).toArray());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(colour);
        return series;
    }

    static void save(XYChart chart, Path png) throws IOException {
        BitmapEncoder.saveBitmapWithDPI(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG, DPI);
    }

    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        double step = (points.size() - 1.0) / (MOST_POINTS - 1);
        return IntStream.range(0, MOST_POINTS)
                .mapToObj(i -> points.get((int) Math.round(i * step)))
                .toList();
    }
}
