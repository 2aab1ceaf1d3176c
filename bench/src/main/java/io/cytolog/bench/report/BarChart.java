// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of horizontal bars, a panel a group, each panel with a scale of its own, since sizes of
 * work differ by an order. Immutable once drawn.
 */
public final class BarChart {

    private static final double WIDTH = 880;
    private static final double LEFT = 210;
    private static final double RIGHT = 200;
    private static final double BAR = 18;
    private static final double STEP = 25;
    private static final double PANEL_HEAD = 34;
    private static final double HEAD = 64;

    /** A bar; a value that is not a number leaves a remark in its place. */
    public record Bar(String label, double value, String remark) {}

    /** Bars that share a scale. */
    public record Panel(String title, List<Bar> bars) {

        public Panel {
            bars = List.copyOf(bars);
        }
    }

    private BarChart() {}

    public static String draw(String title, String subtitle, List<Panel> panels) {
        double height = HEAD + 16;
        for (Panel panel : panels) {
            height += PANEL_HEAD + panel.bars().size() * STEP;
        }
        Svg svg = new Svg(WIDTH, height);
        svg.text(24, 30, 18, Svg.INK, "start", title);
        svg.text(24, 50, 12, Svg.FAINT, "start", subtitle);
        // The limit is grey in every chart, also where it has no bar, so that rows keep their
        // colour.
        List<String> labels = new ArrayList<>(List.of("limit"));
        double y = HEAD;
        for (Panel panel : panels) {
            svg.line(24, y + 2, WIDTH - 24, y + 2, Svg.RULE, 1);
            svg.text(24, y + 22, 13, Svg.INK, "start", panel.title());
            y += PANEL_HEAD;
            y = bars(svg, panel, labels, y);
        }
        return svg.toString();
    }

    private static double bars(Svg svg, Panel panel, List<String> labels, double top) {
        double most =
                panel.bars().stream()
                        .mapToDouble(Bar::value)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(1);
        double y = top;
        for (Bar bar : panel.bars()) {
            if (!labels.contains(bar.label())) {
                labels.add(bar.label());
            }
            svg.text(LEFT - 10, y + 13, 12, Svg.INK, "end", bar.label());
            double length =
                    Double.isFinite(bar.value())
                            ? Math.max(1, bar.value() / most * (WIDTH - LEFT - RIGHT))
                            : 0;
            svg.rectangle(LEFT, y, length, BAR, Svg.colour(labels.indexOf(bar.label())), 3);
            String value = Double.isFinite(bar.value()) ? Markdown.number(bar.value()) + " " : "";
            svg.text(LEFT + length + 8, y + 13, 12, Svg.FAINT, "start", value + bar.remark());
            y += STEP;
        }
        return y;
    }
}
