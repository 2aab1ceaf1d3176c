// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what the stream-app's memory did over a run of swaps. */
final class SwapCurve {

    private static final double MIB = 1 << 20;

    private SwapCurve() {}

    /** Draws a PNG. */
    static void draw(String title, List<SwapRow> rows, Path png) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(1_100)
                        .height(520)
                        .title(title)
                        .xAxisTitle("seconds")
                        .yAxisTitle("MiB")
                        .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        line(chart, rows, "resident", new Color(0x7A5195), row -> row.jvm().resident());
        line(chart, rows, "heap used", new Color(0xB8C4CE), row -> row.jvm().heapUsed());
        line(
                chart,
                rows,
                "heap after collection",
                new Color(0x2F6DB5),
                row -> row.jvm().heapLive());
        BitmapEncoder.saveBitmap(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static void line(
            XYChart chart,
            List<SwapRow> rows,
            String name,
            Color colour,
            ToLongFunction<SwapRow> bytes) {
        double[] seconds = rows.stream().mapToDouble(SwapRow::seconds).toArray();
        double[] mib = rows.stream().mapToDouble(row -> bytes.applyAsLong(row) / MIB).toArray();
        XYSeries series = chart.addSeries(name, seconds, mib);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineWidth(1.6f);
    }
}
