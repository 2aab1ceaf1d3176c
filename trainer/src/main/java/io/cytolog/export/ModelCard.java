// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import io.cytolog.bank.Calibration;
import io.cytolog.corpus.Cell;
import io.cytolog.evaluate.Calibrator;
import io.cytolog.evaluate.Confusion;
import io.cytolog.evaluate.Intervals;
import io.cytolog.evaluate.Intervals.Interval;
import io.cytolog.evaluate.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the model card of a release: the fixed text with this training's figures. */
final class ModelCard {

    private final Scores scores;
    private final Confusion confusion;

    ModelCard(Scores scores) {
        this.scores = scores;
        this.confusion = scores.confusion();
    }

    String text(Map<String, String> training, Calibration calibration, Calibrator.Outcome crossed) {
        return template()
                .replace("@@TRAINING@@", facts(training))
                .replace("@@SUMMARY@@", summary())
                .replace("@@FINDINGS@@", findings())
                .replace("@@COLLECTIONS@@", collections())
                .replace("@@MISTAKES@@", mistakes())
                .replace("@@ABSTENTION@@", abstention(calibration, crossed));
    }

    private static String facts(Map<String, String> training) {
        StringBuilder rows = new StringBuilder("| fact | value |\n| --- | --- |\n");
        new TreeMap<>(training)
                .forEach((key, value) -> rows.append("| %s | %s |\n".formatted(key, value)));
        return rows.toString().stripTrailing();
    }

    private String summary() {
        Interval macro =
                Intervals.macroF1ByGroup(
                        scores.findings(), scores.cells(), scores.truth(), scores.given(), 1);
        int right = 0;
        for (int i = 0; i < scores.truth().length; i++) {
            right += scores.right(i) ? 1 : 0;
        }
        Interval accuracy = Intervals.wilson(right, scores.truth().length);
        return line(
                        "macro-F1 %.3f (95 %% interval over groups %.3f to %.3f), accuracy %.3f (%.3f to %.3f), balanced accuracy %.3f",
                        confusion.macroF1(),
                        macro.low(),
                        macro.high(),
                        confusion.accuracy(),
                        accuracy.low(),
                        accuracy.high(),
                        confusion.balancedAccuracy())
                + line(
                        ", on %,d real validation cells of %,d groups that training never saw, nothing abstained.",
                        scores.truth().length,
                        scores.cells().stream().map(Cell::group).distinct().count());
    }

    private String findings() {
        StringBuilder rows =
                new StringBuilder(
                        "| finding | cells | recall (95 % interval) | precision (95 % interval) | F1 |\n| --- | ---: | --- | --- | ---: |\n");
        for (int f = 0; f < scores.findings().size(); f++) {
            int right = confusion.count(f, f);
            int cells = confusion.cells(f);
            Interval recall = Intervals.wilson(right, cells);
            Interval precision = Intervals.wilson(right, confusion.given(f));
            rows.append(
                    line(
                            "| %s | %d | %.2f (%.2f to %.2f) | %.2f (%.2f to %.2f) | %.2f |%n",
                            scores.findings().get(f),
                            cells,
                            confusion.recall(f),
                            recall.low(),
                            recall.high(),
                            confusion.precision(f),
                            precision.low(),
                            precision.high(),
                            confusion.f1(f)));
        }
        return rows.toString().stripTrailing();
    }

    private String collections() {
        Map<String, int[]> counts = new TreeMap<>();
        for (int i = 0; i < scores.truth().length; i++) {
            int[] count =
                    counts.computeIfAbsent(
                            scores.cells().get(i).collection(), key -> new int[] {0, 0});
            count[0] += scores.right(i) ? 1 : 0;
            count[1]++;
        }
        StringBuilder rows =
                new StringBuilder(
                        "| collection | cells | accuracy (95 % interval) |\n| --- | ---: | --- |\n");
        counts.forEach(
                (collection, count) -> {
                    Interval interval = Intervals.wilson(count[0], count[1]);
                    rows.append(
                            line(
                                    "| %s | %d | %.2f (%.2f to %.2f) |%n",
                                    collection,
                                    count[1],
                                    (double) count[0] / count[1],
                                    interval.low(),
                                    interval.high()));
                });
        return rows.toString().stripTrailing();
    }

    private String mistakes() {
        record Mistake(int truth, int given, int cells) {}
        List<String> names = scores.findings();
        StringBuilder rows =
                new StringBuilder("| is | was called | cells |\n| --- | --- | ---: |\n");
        java.util.stream.IntStream.range(0, names.size())
                .boxed()
                .flatMap(
                        t ->
                                java.util.stream.IntStream.range(0, names.size())
                                        .filter(g -> g != t && confusion.count(t, g) > 0)
                                        .mapToObj(g -> new Mistake(t, g, confusion.count(t, g))))
                .sorted((a, b) -> b.cells() - a.cells())
                .limit(10)
                .forEach(
                        m ->
                                rows.append(
                                        line(
                                                "| %s | %s | %d |%n",
                                                names.get(m.truth()),
                                                names.get(m.given()),
                                                m.cells())));
        return rows.toString().stripTrailing();
    }

    private static String abstention(Calibration calibration, Calibrator.Outcome crossed) {
        Interval risk = Intervals.wilson(crossed.wrong(), crossed.covered());
        return line(
                "Findings are compared by cosine and an offset each, set on training cells; offsets differ by up to %.2f. Thresholds: cosine of the finding at least %.3f, lead over the next finding at least %.3f, distance to the nearest prototype of training cells at most %.3f; logit scale %.1f. They aim at no more than %.0f %% wrong findings among those given. Set on four fifths of the validation groups and looked at on the fifth that did not set them, five times: a finding was given for %.1f %% of %,d cells, and %.1f %% of those were wrong (95 %% interval %.1f to %.1f).",
                spread(calibration),
                calibration.minSimilarity(),
                calibration.minMargin(),
                calibration.maxDistance(),
                calibration.logitScale(),
                100 * calibration.statedRisk(),
                100 * crossed.coverage(),
                crossed.cells(),
                100 * crossed.risk(),
                100 * risk.low(),
                100 * risk.high());
    }

    private static double spread(Calibration calibration) {
        DoubleSummaryStatistics offsets =
                calibration.findingOffsets().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .summaryStatistics();
        return offsets.getCount() == 0 ? 0 : offsets.getMax() - offsets.getMin();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
    }

    private static String template() {
        try (InputStream in = ModelCard.class.getResourceAsStream("model-card.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("model-card.md cannot be read", e);
        }
    }
}
