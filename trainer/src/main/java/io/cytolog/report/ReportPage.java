// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.evaluate.AttributeQuestions;
import io.cytolog.evaluate.Estimate;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluation.OfFinding;
import io.cytolog.evaluate.Evaluation.Summary;
import io.cytolog.evaluate.Reliability;
import io.cytolog.evaluate.Retrieval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page of an evaluation: a fixed text with its figures. */
final class ReportPage {

    private final Evaluation evaluation;
    private final Map<String, String> circumstances;

    ReportPage(Evaluation evaluation, Map<String, String> circumstances) {
        this.evaluation = evaluation;
        this.circumstances = new TreeMap<>(circumstances);
    }

    String html() {
        Summary all = evaluation.overall();
        return template()
                .replace("@@RELEASE@@", escaped(brief(evaluation.release())))
                .replace("@@LEAD@@", lead(all))
                .replace("@@TILES@@", tiles(all))
                .replace("@@COLLECTIONS@@", collections())
                .replace("@@FINDINGS@@", findings())
                .replace("@@CONFUSION@@", confusion())
                .replace("@@RETRIEVAL@@", retrieval())
                .replace("@@ATTRIBUTES@@", attributes())
                .replace("@@CALIBRATION@@", calibration())
                .replace("@@CONFORMAL@@", conformal())
                .replace("@@OUTSIDE@@", outside())
                .replace("@@CIRCUMSTANCES@@", circumstances());
    }

    /** The whole id stands at the end of the page. */
    private static String brief(String release) {
        return release.substring(0, Math.min(12, release.length()));
    }

    private String lead(Summary all) {
        return text(
                "%,d real cells of %,d groups, split <code>%s</code> of <code>%s</code>, %d findings.",
                evaluation.cells(),
                evaluation.groups(),
                escaped(evaluation.split()),
                escaped(evaluation.data()),
                all.findings());
    }

    private String tiles(Summary all) {
        return tile("Macro-F1", all.macroF1())
                + tile("Balanced accuracy", all.balancedAccuracy())
                + tile("Kappa", all.kappa())
                + tile("Given a finding", evaluation.answered())
                + tile("Wrong among those", evaluation.risk())
                + tile("Overlooked", evaluation.overlooked())
                + tile("Right sentence first", evaluation.imageToText().first());
    }

    private static String tile(String name, Estimate estimate) {
        return text(
                "<div class=tile><span>%s</span><b>%.3f</b><small>%.3f to %.3f</small></div>",
                name, estimate.value(), estimate.low(), estimate.high());
    }

    private String collections() {
        StringBuilder rows = new StringBuilder();
        evaluation
                .collections()
                .forEach(
                        (name, summary) ->
                                rows.append(
                                        row(
                                                escaped(name),
                                                Integer.toString(summary.cells()),
                                                Integer.toString(summary.findings()),
                                                summary.macroF1().text(),
                                                summary.balancedAccuracy().text(),
                                                summary.accuracy().text())));
        return rows.toString();
    }

    private String findings() {
        StringBuilder rows = new StringBuilder();
        for (OfFinding finding : evaluation.findings()) {
            if (finding.cells() > 0) {
                rows.append(
                        row(
                                escaped(finding.display()),
                                Integer.toString(finding.cells()),
                                stacked(finding.recall()),
                                stacked(finding.precision()),
                                stacked(finding.f1()),
                                stacked(finding.auroc()),
                                stacked(finding.averagePrecision()),
                                stacked(finding.overlooked())));
            }
        }
        return rows.toString();
    }

    /** The interval below its value, for tables of many columns. */
    private static String stacked(Estimate estimate) {
        if (!estimate.defined()) {
            return estimate.text();
        }
        return text(
                "%.3f<small>%.3f to %.3f</small>",
                estimate.value(), estimate.low(), estimate.high());
    }

    /** Rows with cells, columns that occur; a row's shades are shares of its cells. */
    private String confusion() {
        int[][] counts = evaluation.counts();
        int[] shown =
                IntStream.range(0, counts.length)
                        .filter(
                                f ->
                                        Arrays.stream(counts).anyMatch(row -> row[f] > 0)
                                                || Arrays.stream(counts[f]).sum() > 0)
                        .toArray();
        StringBuilder table = new StringBuilder("<tr><th></th>");
        for (int f : shown) {
            table.append("<th class=up><span>").append(name(f)).append("</span></th>");
        }
        table.append("</tr>\n");
        for (int truth : shown) {
            int cells = Arrays.stream(counts[truth]).sum();
            if (cells == 0) {
                continue;
            }
            table.append("<tr><th>").append(name(truth)).append("</th>");
            for (int given : shown) {
                table.append(cell(counts[truth][given], cells, truth == given));
            }
            table.append("</tr>\n");
        }
        return table.toString();
    }

    private static String cell(int count, int cells, boolean right) {
        double share = (double) count / cells;
        return text(
                "<td style=\"background:rgba(%s,%.3f)\"%s>%s</td>",
                right ? "47,109,181" : "192,57,43",
                0.85 * Math.sqrt(share),
                share > 0.5 ? " class=dark" : "",
                count == 0 ? "" : Integer.toString(count));
    }

    private String name(int finding) {
        return escaped(evaluation.findings().get(finding).display());
    }

    private String retrieval() {
        return retrieval("Cell looks for a sentence", evaluation.imageToText())
                + retrieval("Sentence looks for a cell", evaluation.textToImage());
    }

    private static String retrieval(String what, Retrieval.Figures figures) {
        return row(
                what,
                Integer.toString(figures.queries()),
                figures.first().text(),
                figures.firstFive().text(),
                figures.firstTen().text(),
                figures.mrr().text());
    }

    private String attributes() {
        StringBuilder rows = new StringBuilder();
        for (AttributeQuestions.Figures figures : evaluation.attributes()) {
            rows.append(
                    row(
                            escaped(figures.attribute().replace('_', ' ')),
                            Integer.toString(figures.cells()),
                            figures.accuracy().text(),
                            text("%.3f", figures.balanced()),
                            text("%.3f", figures.commonest())));
        }
        rows.append(
                row(
                        "<b>mean</b>",
                        "",
                        text("<b>%.3f</b>", evaluation.attributeAccuracy()),
                        "",
                        ""));
        return rows.toString();
    }

    private String calibration() {
        return calibration("before", evaluation.before())
                + calibration("after, cross-fitted", evaluation.after());
    }

    private static String calibration(String when, Reliability reliability) {
        return row(
                when,
                text("%.1f", reliability.scale()),
                text("%.3f", reliability.expectedError()),
                text("%.3f", reliability.brier()),
                text("%.3f", reliability.surprise()));
    }

    private String conformal() {
        return text(
                "Sets of findings that should hold the true one in %.0f %% of the cells (threshold set on other groups): they hold it in %s, have %.2f findings on average; %.0f %% have one finding, %.0f %% none.",
                100 * evaluation.conformal().level(),
                evaluation.conformal().coverage().text(),
                evaluation.conformal().size(),
                100 * evaluation.conformal().single(),
                100 * evaluation.conformal().empty());
    }

    private String outside() {
        return evaluation
                .outOfDistribution()
                .map(
                        outside ->
                                text(
                                        "%d %s, which are of none of the findings: AUROC %.3f by distance to the nearest prototype, %.3f by similarity; <b>%.1f %%</b> of them wrongly get a finding%s.",
                                        outside.cells(),
                                        escaped(outside.what()),
                                        outside.byDistance(),
                                        outside.bySimilarity(),
                                        100 * outside.answered(),
                                        named(outside.named())))
                .orElse("The data hold no cells of other kinds, so it was not asked.");
    }

    private String named(SequencedMap<String, Integer> counts) {
        String each =
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + escaped(display(entry.getKey())))
                        .collect(Collectors.joining(", "));
        return each.isEmpty() ? "" : ": " + each;
    }

    private String display(String finding) {
        return evaluation.findings().stream()
                .filter(figures -> figures.id().equals(finding))
                .map(OfFinding::display)
                .findFirst()
                .orElse(finding);
    }

    private String circumstances() {
        StringBuilder rows = new StringBuilder();
        circumstances.forEach((name, value) -> rows.append(row(escaped(name), escaped(value))));
        return rows.toString();
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", List.of(cells)) + "</td></tr>\n";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.html cannot be read", e);
        }
    }
}
