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

/** Draws a memory run: what it took over time, and the bounds that were stated before. */
final class MemoryCurve {

    private static final double MIB = 1 << 20;

    private final double[] seconds;
    private final List<MemoryRow> rows;
    private final XYChart chart;

    MemoryCurve(String title, List<MemoryRow> rows) {
        this.rows = rows;
        this.seconds = rows.stream().mapToDouble(MemoryRow::seconds).toArray();
        this.chart =
                new XYChartBuilder()
                        .width(1_100)
                        .height(620)
                        .title(title)
                        .xAxisTitle("seconds")
                        .yAxisTitle("MiB")
                        .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
    }

    /** Draws a PNG. */
    void draw(long heapBound, long residentBound, Path png) throws IOException {
        line("resident", new Color(0x7A5195), row -> row.jvm().resident());
        line("heap used", new Color(0xB8C4CE), row -> row.jvm().heapUsed());
        line("heap after collection", new Color(0x2F6DB5), row -> row.jvm().heapLive());
        line("pixels that wait", new Color(0x3A9B6A), MemoryRow::queueBytes);
        line("bound of resident", new Color(0xC98BBF), row -> residentBound);
        line("bound of heap after collection", new Color(0xC0392B), row -> heapBound);
        BitmapEncoder.saveBitmap(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private void line(String name, Color colour, ToLongFunction<MemoryRow> bytes) {
        double[] mib = rows.stream().mapToDouble(row -> bytes.applyAsLong(row) / MIB).toArray();
        XYSeries series = chart.addSeries(name, seconds, mib);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineWidth(1.6f);
    }
}
