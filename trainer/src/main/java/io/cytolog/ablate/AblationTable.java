// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.corpus.Cell;
import io.cytolog.evaluate.Confusion;
import io.cytolog.evaluate.Estimate;
import io.cytolog.evaluate.GroupBootstrap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Outcomes as a table. A row's figure is the mean over its seeds; intervals come from draws of
 * whole validation groups, the same for all rows, so that differences are paired. Between seeds
 * they say nothing; the spread of the seeds stands beside them.
 */
public final class AblationTable {

    private static final int DRAWS = 1000;
    private static final int RAREST = 5;

    private final AblationPlan plan;
    private final List<List<Outcome>> rows = new ArrayList<>();

    /**
     * @param outcomes those of the plan's rows; rows without one are left out of the table
     */
    public AblationTable(AblationPlan plan, List<List<Outcome>> outcomes) {
        this.plan = plan;
        this.rows.addAll(outcomes);
    }

    /** Markdown. */
    public String text() {
        StringBuilder text =
                new StringBuilder(
                        "| row | seeds | macro-F1 | seeds' range | five rarest | against the first row |\n"
                                + "| --- | ---: | --- | --- | --- | --- |\n");
        String group = "";
        for (int r = 0; r < rows.size(); r++) {
            List<Outcome> row = rows.get(r);
            if (row.isEmpty()) {
                continue;
            }
            String own = plan.rows().get(r).group();
            if (!own.equals(group)) {
                text.append("| **").append(own).append("** | | | | | |\n");
                group = own;
            }
            text.append(row(plan.rows().get(r), row, rows.getFirst()));
        }
        return text.toString();
    }

    private static String row(AblationRow row, List<Outcome> outcomes, List<Outcome> first) {
        double[] bySeed =
                outcomes.stream()
                        .mapToDouble(o -> confusion(o, all(o)).macroF1())
                        .sorted()
                        .toArray();
        List<Integer> rarest = rarest(outcomes.getFirst());
        GroupBootstrap bootstrap = bootstrap(outcomes.getFirst());
        Estimate macro =
                row.leaky()
                        ? meanOnly(outcomes, o -> confusion(o, all(o)).macroF1())
                        : bootstrap.estimate(p -> mean(outcomes, p, Confusion::macroF1));
        Estimate rare =
                row.leaky()
                        ? meanOnly(outcomes, o -> of(confusion(o, all(o)), rarest(o)))
                        : bootstrap.estimate(p -> mean(outcomes, p, c -> of(c, rarest)));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %.3f to %.3f | %s | %s |%n",
                row.name(),
                outcomes.size(),
                text(macro),
                bySeed[0],
                bySeed[bySeed.length - 1],
                text(rare),
                difference(row, outcomes, first, bootstrap));
    }

    private static String text(Estimate estimate) {
        return Double.isNaN(estimate.low()) && estimate.defined()
                ? String.format(Locale.ROOT, "%.3f", estimate.value())
                : estimate.text();
    }

    private static String difference(
            AblationRow row, List<Outcome> own, List<Outcome> first, GroupBootstrap bootstrap) {
        if (own == first || first.isEmpty()) {
            return "–";
        }
        if (row.leaky() || !own.getFirst().paths().equals(first.getFirst().paths())) {
            return "other cells";
        }
        Estimate difference =
                bootstrap.estimate(
                        p -> mean(own, p, Confusion::macroF1) - mean(first, p, Confusion::macroF1));
        return String.format(
                Locale.ROOT,
                "%+.3f (%+.3f to %+.3f)",
                difference.value(),
                difference.low(),
                difference.high());
    }

    private static GroupBootstrap bootstrap(Outcome outcome) {
        List<Cell> cells =
                IntStream.range(0, outcome.paths().size())
                        .mapToObj(
                                i ->
                                        new Cell(
                                                outcome.paths().get(i),
                                                "",
                                                outcome.findings().get(outcome.truth().get(i)),
                                                outcome.groups().get(i),
                                                false,
                                                false,
                                                Map.of()))
                        .toList();
        return new GroupBootstrap(cells, DRAWS, 1);
    }

    /** The findings with the fewest training cells among those that validation has. */
    private static List<Integer> rarest(Outcome outcome) {
        return IntStream.range(0, outcome.findings().size())
                .filter(f -> outcome.truth().contains(f) && outcome.trainingCells().get(f) > 0)
                .boxed()
                .sorted(Comparator.comparingInt(outcome.trainingCells()::get))
                .limit(RAREST)
                .toList();
    }

    private static double of(Confusion confusion, List<Integer> findings) {
        return findings.stream()
                .filter(f -> confusion.cells(f) > 0)
                .mapToDouble(confusion::f1)
                .average()
                .orElse(Double.NaN);
    }

    private static Estimate meanOnly(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        double mean = outcomes.stream().mapToDouble(figure).average().orElse(Double.NaN);
        return new Estimate(mean, Double.NaN, Double.NaN);
    }

    private static double mean(
            List<Outcome> outcomes, int[] places, ToDoubleFunction<Confusion> figure) {
        return outcomes.stream()
                .mapToDouble(outcome -> figure.applyAsDouble(confusion(outcome, places)))
                .average()
                .orElse(Double.NaN);
    }

    private static int[] all(Outcome outcome) {
        return IntStream.range(0, outcome.truth().size()).toArray();
    }

    private static Confusion confusion(Outcome outcome, int[] places) {
        Confusion confusion = new Confusion(outcome.findings());
        for (int i : places) {
            confusion.add(outcome.truth().get(i), outcome.given().get(i));
        }
        return confusion;
    }
}
