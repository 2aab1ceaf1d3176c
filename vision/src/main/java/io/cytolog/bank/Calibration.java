// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import java.util.List;
import java.util.Map;

/**
 * How similarities become probabilities and when they do not suffice; set on validation data for a
 * stated risk, never on training data.
 *
 * @param logitScale factor from cosine to logit (inverse temperature)
 * @param minSimilarity least cosine of the candidate finding
 * @param minMargin least cosine lead over the runner-up
 * @param minProbability least probability of the candidate
 * @param maxDistance largest cosine distance (1 - cosine) to the nearest prototype
 * @param statedRisk share of wrong findings among those given that the thresholds aim at
 * @param findingOffsets by finding id, what is added to its cosine before findings are compared,
 *     since some wordings lie nearer to all cells than others; set on training cells, 0 where none
 *     is given
 */
public record Calibration(
        double logitScale,
        double minSimilarity,
        double minMargin,
        double minProbability,
        double maxDistance,
        double statedRisk,
        Map<String, Double> findingOffsets) {

    /** More than cosines can differ by. */
    private static final double LARGEST_OFFSET = 2;

    public Calibration {
        if (!(logitScale > 0)) {
            throw new IllegalArgumentException("calibration.logitScale must be positive");
        }
        findingOffsets = Map.copyOf(findingOffsets);
        findingOffsets.forEach(
                (id, offset) -> {
                    if (!(Math.abs(offset) <= LARGEST_OFFSET)) {
                        throw new IllegalArgumentException(
                                "calibration.findingOffsets: %s of '%s' is out of bounds; give -2 to 2"
                                        .formatted(offset, id));
                    }
                });
    }

    /** Without offsets. */
    public Calibration(
            double logitScale,
            double minSimilarity,
            double minMargin,
            double minProbability,
            double maxDistance,
            double statedRisk) {
        this(
                logitScale,
                minSimilarity,
                minMargin,
                minProbability,
                maxDistance,
                statedRisk,
                Map.of());
    }

    /** What is added to the cosine of each of the findings, in their order. */
    public double[] offsets(List<Finding> findings) {
        return findings.stream()
                .mapToDouble(finding -> findingOffsets.getOrDefault(finding.id(), 0.0))
                .toArray();
    }
}
