// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table; the first column is text, the others are numbers. Owned by one thread. */
public final class Markdown {

    private final List<String> lines = new ArrayList<>();

    public Markdown(String... columns) {
        lines.add("| " + String.join(" | ", columns) + " |");
        lines.add("| --- |" + " ---: |".repeat(columns.length - 1));
    }

    public void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }

    /** Three figures that mean something. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String form = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
