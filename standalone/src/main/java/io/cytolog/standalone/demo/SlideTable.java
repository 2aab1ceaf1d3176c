// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.FindingCount;
import io.cytolog.standalone.demo.Style.Tone;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table at the end: a slide a row, its findings behind. */
final class SlideTable {

    private static final int SLIDE = 24;
    private static final String ROW = "%s %7s %9s %7s %10s %10s  %s";

    private final Style style;

    SlideTable(Style style) {
        this.style = style;
    }

    void print(List<SlideRow> rows, PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        String head =
                ROW.formatted(
                        style.fit("slide", SLIDE),
                        "images",
                        "rejected",
                        "cells",
                        "abstained",
                        "to review",
                        "findings");
        out.println();
        out.println(style.in(Tone.STRONG, head));
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(SlideRow row) {
        String counts =
                ROW.formatted(
                        style.fit(row.slide(), SLIDE),
                        number(row.images()),
                        number(row.rejected()),
                        number(row.cells()),
                        number(row.abstained()),
                        number(row.toReview()),
                        "");
        return counts + style.rest(findings(row.findings()), counts.length());
    }

    private static String findings(List<FindingCount> findings) {
        return findings.stream()
                .map(finding -> number(finding.getCells()) + " " + finding.getDisplay())
                .collect(Collectors.joining(", "));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
