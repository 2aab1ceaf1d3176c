// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import static io.cytolog.bench.report.Markdown.number;

import java.util.List;
import java.util.Map;

/** The stages as Markdown, a table a kind of picture. */
public final class StagesReport {

    private StagesReport() {}

    /**
     * @param says what each stage adds, by its name
     */
    public static String of(
            Circumstances circumstances, List<Measured> results, Map<String, String> says) {
        StringBuilder text = new StringBuilder(MatrixReport.header(circumstances));
        for (String picture : MatrixReport.pictures(results)) {
            List<Measured> rows =
                    results.stream().filter(m -> m.picture().equals(picture)).toList();
            text.append(
                    "\n### %s images (%s KB on average), encoder of %d px\n\n"
                            .formatted(
                                    picture,
                                    number(rows.getFirst().imageBytes() / 1e3),
                                    rows.getFirst().side()));
            text.append(table(rows, says));
        }
        return text.toString();
    }

    private static String table(List<Measured> rows, Map<String, String> says) {
        Markdown table =
                new Markdown(
                        "stage", "images/s", "CPU-ms an image", "more than before", "peak MiB");
        double before = 0;
        for (Measured m : rows) {
            table.row(
                    says.getOrDefault(m.row(), m.row()),
                    number(m.imagesPerSecond()),
                    number(m.cpuSecondsPer1000()),
                    number(m.cpuSecondsPer1000() - before),
                    number(m.peakMebibytes()));
            before = m.cpuSecondsPer1000();
        }
        return table.toString();
    }
}
