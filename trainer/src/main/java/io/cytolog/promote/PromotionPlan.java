// Licensed under the Apache License, Version 2.0.
package io.cytolog.promote;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a new release must come to, beside the one that serves, on the same cells; a JSON file.
 *
 * @param lines all must hold
 */
public record PromotionPlan(List<Line> lines) {

    /**
     * One demand.
     *
     * @param metric a figure's name
     * @param slice {@code all}, {@code collection:NAME} or {@code finding:ID}
     * @param bound the worst figure that is still good enough; empty for none
     * @param regression by how much it may be worse than what serves; empty for any
     */
    public record Line(
            String metric, String slice, Optional<Double> bound, Optional<Double> regression) {

        @JsonCreator
        static Line of(
                @JsonProperty("metric") String metric,
                @JsonProperty("slice") String slice,
                @JsonProperty("bound") Double bound,
                @JsonProperty("regression") Double regression) {
            if (metric == null) {
                throw new IllegalArgumentException("a line has no metric");
            }
            if (bound == null && regression == null) {
                throw new IllegalArgumentException(
                        "line '%s' asks for nothing; give bound or regression".formatted(metric));
            }
            return new Line(
                    Metric.of(metric).label(),
                    slice == null ? "all" : slice,
                    Optional.ofNullable(bound),
                    Optional.ofNullable(regression));
        }
    }

    /**
     * How one line came out.
     *
     * @param text for people
     */
    public record Outcome(Line line, boolean met, String text) {}

    public PromotionPlan {
        lines = lines == null ? List.of() : List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a promotion plan has at least one line");
        }
    }

    /** Reads a plan; its message says what is wrong. */
    public static PromotionPlan read(Path file) throws IOException {
        return PlanFile.read(file, PromotionPlan.class);
    }

    /**
     * Holds a candidate against what serves.
     *
     * @throws IllegalArgumentException when a line asks for what the cells do not have
     */
    public List<Outcome> judge(Evaluation serving, Evaluation candidate) {
        return lines.stream().map(line -> judged(line, serving, candidate)).toList();
    }

    private static Outcome judged(Line line, Evaluation serving, Evaluation candidate) {
        Metric metric = Metric.of(line.metric());
        double before = metric.of(serving, line.slice());
        double now = metric.of(candidate, line.slice());
        double sign = metric.largerIsBetter() ? 1 : -1;
        // A figure that is not defined holds no promise.
        boolean bounded = line.bound().map(bound -> sign * now >= sign * bound).orElse(true);
        boolean kept =
                line.regression().map(most -> sign * now >= sign * before - most).orElse(true);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s of %s: %.4f, serving %.4f%s%s",
                        line.metric(),
                        line.slice(),
                        now,
                        before,
                        line.bound().map(b -> ", bound " + b).orElse(""),
                        line.regression().map(r -> ", may be worse by " + r).orElse(""));
        return new Outcome(line, bounded && kept, text);
    }
}
