// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import static io.cytolog.bench.report.Markdown.number;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The matrix as Markdown: a table a kind of picture and size, then what follows for the goals. */
public final class MatrixReport {

    /** The bound under which rows are said to sustain a load, ms. */
    public static final double P99_BOUND = 500;

    private static final String LIMIT = "limit";
    private static final String CYTOLOG = "cytolog";
    private static final double GOAL = 0.90;

    private MatrixReport() {}

    public static String of(Circumstances circumstances, List<Measured> results) {
        StringBuilder text = new StringBuilder(header(circumstances));
        for (String picture : pictures(results)) {
            for (int side : sides(results)) {
                List<Measured> rows =
                        results.stream()
                                .filter(m -> m.side() == side && m.picture().equals(picture))
                                .toList();
                if (!rows.isEmpty()) {
                    text.append(
                            "\n### Encoder of %d px, %s images (%s KB on average)\n\n"
                                    .formatted(
                                            side,
                                            picture,
                                            number(rows.getFirst().imageBytes() / 1e3)));
                    text.append(table(rows));
                    text.append('\n').append(verdict(rows));
                }
            }
        }
        return text.toString();
    }

    /** Where and how, as a paragraph that belongs over every table. */
    public static String header(Circumstances c) {
        return """
               Measured on %s with `%s`, commit %s: %s, %d cores, %s GiB, %s, %s. %s. Plan: %s.
               """
                .formatted(
                        c.date(),
                        c.command(),
                        c.commit(),
                        c.cpu(),
                        c.cores(),
                        c.memoryGibibytes(),
                        c.system(),
                        c.java(),
                        String.join(", ", c.versions()),
                        c.plan());
    }

    private static String table(List<Measured> rows) {
        Markdown table =
                new Markdown(
                        "row",
                        "images/s",
                        "CPU-s / 1,000",
                        "images / CPU-s",
                        "of the limit",
                        "p50/p99 at 50 %, ms",
                        "p50/p99 at 90 %, ms",
                        "p50/p99 at the common rate, ms",
                        "peak MiB");
        Optional<Measured> limit = row(rows, LIMIT);
        for (Measured m : rows) {
            table.row(
                    m.row() + (m.missing() + m.repeated() > 0 ? " (!)" : ""),
                    number(m.imagesPerSecond()),
                    number(m.cpuSecondsPer1000()),
                    number(m.imagesPerCpuSecond()),
                    limit.map(l -> number(m.imagesPerCpuSecond() / l.imagesPerCpuSecond()))
                            .orElse("-"),
                    times(m, "50%"),
                    times(m, "90%"),
                    times(m, "common"),
                    number(m.peakMebibytes()));
        }
        return table.toString();
    }

    private static String times(Measured measured, String label) {
        return measured.load(label)
                .map(
                        load ->
                                "%s / %s at %s/s%s"
                                        .formatted(
                                                number(load.p50()),
                                                number(load.p99()),
                                                number(load.perSecond()),
                                                load.kept() ? "" : ", fell behind"))
                .orElse("-");
    }

    private static String verdict(List<Measured> rows) {
        StringBuilder text = new StringBuilder();
        Optional<Measured> limit = row(rows, LIMIT);
        Optional<Measured> cytolog = row(rows, CYTOLOG);
        if (limit.isPresent() && cytolog.isPresent()) {
            double share = cytolog.get().imagesPerCpuSecond() / limit.get().imagesPerCpuSecond();
            text.append(
                    "- Goal of %.2f of the limit's images for a CPU-second: **%s** (%s).\n"
                            .formatted(GOAL, number(share), share >= GOAL ? "met" : "missed"));
        }
        if (cytolog.isPresent()) {
            rows.stream()
                    .filter(peer -> !peer.row().startsWith(CYTOLOG) && !peer.row().equals(LIMIT))
                    .forEach(peer -> text.append(beside(cytolog.get(), peer)));
        }
        for (Measured m : rows) {
            if (m.missing() + m.repeated() > 0) {
                text.append(
                        "- (!) %s: of %,d images %,d had no result in time, %,d results came twice.\n"
                                .formatted(m.row(), m.sent(), m.missing(), m.repeated()));
            }
        }
        return text.toString();
    }

    /** At equal p99: the highest load that each was seen to sustain under the same bound. */
    private static String beside(Measured cytolog, Measured peer) {
        double ours = cytolog.sustained(P99_BOUND);
        double theirs = peer.sustained(P99_BOUND);
        return String.format(
                Locale.ROOT,
                "- Beside %s: %s against %s images/s from a full topic; sustained with p99 up to %.0f ms: %s against %s%s.%n",
                peer.row(),
                number(cytolog.imagesPerSecond()),
                number(peer.imagesPerSecond()),
                P99_BOUND,
                number(ours),
                number(theirs),
                common(cytolog, peer));
    }

    private static String common(Measured cytolog, Measured peer) {
        Optional<Load> ours = cytolog.load("common");
        Optional<Load> theirs = peer.load("common");
        return ours.isPresent() && theirs.isPresent()
                ? "; p99 at the common rate: %s against %s ms"
                        .formatted(number(ours.get().p99()), number(theirs.get().p99()))
                : "";
    }

    private static Optional<Measured> row(List<Measured> rows, String name) {
        return rows.stream().filter(m -> m.row().equals(name)).findFirst();
    }

    static List<String> pictures(List<Measured> results) {
        return results.stream().map(Measured::picture).distinct().toList();
    }

    static List<Integer> sides(List<Measured> results) {
        return Stream.ofNullable(results)
                .flatMap(List::stream)
                .map(Measured::side)
                .distinct()
                .sorted()
                .toList();
    }
}
