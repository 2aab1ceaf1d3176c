// Licensed under the Apache License, Version 2.0.
package io.cytolog.promote;

import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluation.OfFinding;
import io.cytolog.evaluate.Evaluation.Summary;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A figure that a promotion plan can ask for; most are better when they are larger. */
enum Metric {
    MACRO_F1("macroF1", true),
    BALANCED_ACCURACY("balancedAccuracy", true),
    ACCURACY("accuracy", true),
    KAPPA("kappa", true),
    RECALL("recall", true),
    PRECISION("precision", true),
    ANSWERED("answered", true),
    RISK("risk", false),
    OVERLOOKED("overlooked", false),
    ATTRIBUTE_ACCURACY("attributeAccuracy", true),
    CALIBRATION_ERROR("calibrationError", false);

    private static final String COLLECTION = "collection:";
    private static final String FINDING = "finding:";

    private final String label;
    private final boolean largerIsBetter;

    Metric(String label, boolean largerIsBetter) {
        this.label = label;
        this.largerIsBetter = largerIsBetter;
    }

    static Metric of(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "metric '%s' is unknown; give one of %s"
                                                .formatted(
                                                        label,
                                                        Arrays.stream(values())
                                                                .map(Metric::label)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    String label() {
        return label;
    }

    boolean largerIsBetter() {
        return largerIsBetter;
    }

    /**
     * The figure on a slice; NaN where the cells do not define it.
     *
     * @param slice {@code all}, {@code collection:NAME} or {@code finding:ID}
     */
    double of(Evaluation evaluation, String slice) {
        if (slice.startsWith(FINDING)) {
            return ofFinding(evaluation, slice.substring(FINDING.length()));
        }
        if (slice.startsWith(COLLECTION)) {
            String name = slice.substring(COLLECTION.length());
            Summary summary = evaluation.collections().get(name);
            if (summary == null) {
                throw unknown(slice);
            }
            return of(summary, slice);
        }
        if (!slice.equals("all")) {
            throw unknown(slice);
        }
        return switch (this) {
            case ANSWERED -> evaluation.answered().value();
            case OVERLOOKED -> evaluation.overlooked().value();
            case RISK -> evaluation.risk().value();
            case ATTRIBUTE_ACCURACY -> evaluation.attributeAccuracy();
            case CALIBRATION_ERROR -> evaluation.after().expectedError();
            default -> of(evaluation.overall(), slice);
        };
    }

    private double of(Summary summary, String slice) {
        return switch (this) {
            case MACRO_F1 -> summary.macroF1().value();
            case BALANCED_ACCURACY -> summary.balancedAccuracy().value();
            case ACCURACY -> summary.accuracy().value();
            case KAPPA -> summary.kappa().value();
            default -> throw unfit(slice);
        };
    }

    private double ofFinding(Evaluation evaluation, String id) {
        OfFinding finding =
                evaluation.findings().stream()
                        .filter(figures -> figures.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> unknown(FINDING + id));
        return switch (this) {
            case RECALL -> finding.recall().value();
            case OVERLOOKED -> finding.overlooked().value();
            case PRECISION -> finding.precision().value();
            default -> throw unfit(FINDING + id);
        };
    }

    private static IllegalArgumentException unknown(String slice) {
        return new IllegalArgumentException(
                "slice '%s' is not among the cells; give all, collection:NAME or finding:ID"
                        .formatted(slice));
    }

    private IllegalArgumentException unfit(String slice) {
        return new IllegalArgumentException(
                "metric '%s' is not defined on slice '%s'; recall and precision are of findings, overlooked of findings or of all, the others of all or of a collection"
                        .formatted(label, slice));
    }
}
