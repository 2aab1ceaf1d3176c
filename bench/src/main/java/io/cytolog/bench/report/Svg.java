// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.util.Locale;

/** The few shapes that a chart needs, as SVG 1.1 text. Owned by one thread. */
final class Svg {

    static final String INK = "#1f2430";
    static final String FAINT = "#6b7280";
    static final String RULE = "#e5e7eb";

    /** Told apart by people with any kind of colour vision (Okabe and Ito 2008). */
    private static final String[] COLOURS = {
        "#9ca3af", "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#009e73", "#cc79a7", "#7a5195"
    };

    private static final String FONT = "Inter, 'Helvetica Neue', Arial, sans-serif";

    private final StringBuilder text = new StringBuilder();

    Svg(double width, double height) {
        add(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" \
                height="%.0f" font-family="%s">
                """,
                width, height, width, height, FONT);
        rectangle(0, 0, width, height, "#ffffff", 0);
    }

    static String colour(int index) {
        return COLOURS[index % COLOURS.length];
    }

    void rectangle(double x, double y, double width, double height, String fill, double round) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"%s\"/>%n",
                x, y, width, height, round, fill);
    }

    void line(double x1, double y1, double x2, double y2, String stroke, double width) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                x1, y1, x2, y2, stroke, width);
    }

    void dot(double x, double y, double radius, String fill) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>%n", x, y, radius, fill);
    }

    void path(String points, String stroke) {
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\" stroke-linejoin=\"round\"/>%n",
                points, stroke);
    }

    /**
     * @param anchor start, middle or end
     */
    void text(double x, double y, double size, String fill, String anchor, String what) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" fill=\"%s\" text-anchor=\"%s\">%s</text>%n",
                x, y, size, fill, anchor, what.replace("&", "&amp;").replace("<", "&lt;"));
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }

    private void add(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values));
    }
}
