// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluation.OfFinding;
import java.util.Locale;

/** The main figures of an evaluation as Markdown, for a terminal. Stateless. */
public final class Summary {

    private Summary() {}

    public static String text(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "Release %s on %,d cells of %,d groups (%s): macro-F1 %s, balanced accuracy %s, kappa %s.",
                evaluation.release(),
                evaluation.cells(),
                evaluation.groups(),
                evaluation.split(),
                evaluation.overall().macroF1().text(),
                evaluation.overall().balancedAccuracy().text(),
                evaluation.overall().kappa().text());
        line(
                text,
                "A finding is given for %s of the cells; of those findings %s are wrong.",
                evaluation.answered().text(),
                evaluation.risk().text());
        line(text, "");
        line(text, "| collection | cells | findings | macro-F1 |");
        line(text, "| --- | ---: | ---: | --- |");
        evaluation
                .collections()
                .forEach(
                        (name, summary) ->
                                line(
                                        text,
                                        "| %s | %d | %d | %s |",
                                        name,
                                        summary.cells(),
                                        summary.findings(),
                                        summary.macroF1().text()));
        line(text, "");
        line(text, "| finding | cells | recall | precision | F1 |");
        line(text, "| --- | ---: | --- | --- | --- |");
        for (OfFinding finding : evaluation.findings()) {
            if (finding.cells() > 0) {
                line(
                        text,
                        "| %s | %d | %s | %s | %s |",
                        finding.id(),
                        finding.cells(),
                        finding.recall().text(),
                        finding.precision().text(),
                        finding.f1().text());
            }
        }
        line(text, "");
        line(
                text,
                "Attribute questions: mean accuracy %.3f. Sentence looks for a cell: R@5 %s. ECE %.3f before, %.3f after calibration.",
                evaluation.attributeAccuracy(),
                evaluation.textToImage().firstFive().text(),
                evaluation.before().expectedError(),
                evaluation.after().expectedError());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
