// Licensed under the Apache License, Version 2.0.
package io.cytolog.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.corpus.Cell;
import io.cytolog.evaluate.AttributeQuestions;
import io.cytolog.evaluate.Conformal;
import io.cytolog.evaluate.Estimate;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluation.OfFinding;
import io.cytolog.evaluate.Evaluation.Summary;
import io.cytolog.evaluate.Reliability;
import io.cytolog.evaluate.Retrieval;
import io.cytolog.evaluate.RiskCoverage;
import io.cytolog.evaluate.Scores;
import io.cytolog.promote.PromotionPlan.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which line of a plan fails, and what a plan may not ask. */
class PromotionPlanTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void shippedPlanReadsAndIsMetByTheSameRelease() throws Exception {
        // Given
        PromotionPlan plan = PromotionPlan.read(Path.of("plans/promotion.json"));
        Evaluation same = evaluation(0.7, 0.8, 0.05);

        // When
        List<Outcome> outcomes = plan.judge(same, same);

        // Then
        assertThat(outcomes).hasSize(plan.lines().size()).allMatch(Outcome::met);
    }

    @Test
    void namesTheLineThatIsNotMet() throws Exception {
        // Given: better on the whole, worse on blasts
        PromotionPlan plan = PromotionPlan.read(Path.of("plans/promotion.json"));

        // When
        List<Outcome> failed =
                plan.judge(evaluation(0.7, 0.8, 0.05), evaluation(0.8, 0.7, 0.05)).stream()
                        .filter(outcome -> !outcome.met())
                        .toList();

        // Then
        assertThat(failed).hasSize(1);
        assertThat(failed.getFirst().text())
                .contains("recall of finding:blast: 0.7000, serving 0.8000");
    }

    @Test
    void riskIsBetterWhenItIsLower() throws Exception {
        PromotionPlan plan =
                plan(
                        "{\"metric\":\"risk\",\"bound\":0.1},{\"metric\":\"risk\",\"regression\":0.02}");
        assertThat(plan.judge(evaluation(0.7, 0.8, 0.05), evaluation(0.7, 0.8, 0.06)))
                .allMatch(Outcome::met);
        assertThat(plan.judge(evaluation(0.7, 0.8, 0.05), evaluation(0.7, 0.8, 0.2)))
                .noneMatch(Outcome::met);
    }

    @Test
    void asksForWhatIsOverlookedOfAFinding() throws Exception {
        PromotionPlan plan =
                plan(
                        "{\"metric\":\"overlooked\",\"slice\":\"finding:blast\",\"regression\":0},"
                                + "{\"metric\":\"overlooked\",\"bound\":0.06}");
        Evaluation serving = evaluation(0.7, 0.8, 0.05);

        // When: a recall of 0.7 leaves 0.3 to be overlooked, one of 0.8 leaves 0.2
        List<Outcome> outcomes = plan.judge(serving, evaluation(0.7, 0.7, 0.05));

        // Then
        assertThat(plan.judge(serving, serving)).allMatch(Outcome::met);
        assertThat(outcomes).extracting(Outcome::met).containsExactly(false, true);
    }

    @Test
    void refusesWhatTheCellsDoNotHave() throws Exception {
        Evaluation any = evaluation(0.7, 0.8, 0.05);
        PromotionPlan unknown =
                plan("{\"metric\":\"macroF1\",\"slice\":\"collection:x\",\"bound\":0}");
        assertThatThrownBy(() -> unknown.judge(any, any)).hasMessageContaining("collection:x");
        assertThatThrownBy(() -> plan("{\"metric\":\"f2\",\"bound\":0}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("metric 'f2' is unknown");
        assertThatThrownBy(() -> plan("{\"metric\":\"macroF1\"}"))
                .hasMessageContaining("asks for nothing");
    }

    private PromotionPlan plan(String lines) throws IOException {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, "{\"lines\":[" + lines + "]}");
        return PromotionPlan.read(file);
    }

    private static Evaluation evaluation(double macroF1, double recall, double risk) {
        Summary summary = new Summary(10, 2, of(macroF1), of(macroF1), of(macroF1), of(macroF1));
        Cell cell = new Cell("c/1", "c", "blast", "g", false, false, Map.of());
        Scores scores =
                new Scores(
                        List.of("blast", "promyelocyte"),
                        List.of(cell),
                        new int[] {0},
                        new int[] {0},
                        new double[][] {{1, 0}},
                        new double[2],
                        new double[1]);
        Reliability reliability = new Reliability(10, List.of(), 0.03, 0.3, 0.5);
        Retrieval.Figures retrieval = new Retrieval.Figures(1, of(1), of(1), of(1), of(1));
        return new Evaluation(
                "release",
                "data",
                "val",
                10,
                2,
                summary,
                of(0.5),
                of(risk),
                of(risk),
                List.of(finding("blast", recall), finding("promyelocyte", 0.6)),
                Map.of("pbc", summary, "bm_mll", summary),
                new int[2][2],
                retrieval,
                retrieval,
                List.of(new AttributeQuestions.Figures("cell_size", 5, of(0.9), 0.9, 0.6)),
                reliability,
                reliability,
                new Conformal(0.9, of(0.9), 1.5, 0.5, 0),
                RiskCoverage.of(scores),
                Optional.empty());
    }

    private static OfFinding finding(String id, double recall) {
        return new OfFinding(
                id, id, 5, of(0.5), of(recall), of(0.5), of(0.9), of(0.5), of(1 - recall));
    }

    private static Estimate of(double value) {
        return new Estimate(value, value, value);
    }
}
