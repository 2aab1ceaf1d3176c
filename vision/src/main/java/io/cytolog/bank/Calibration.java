// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

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
 */
public record Calibration(
        double logitScale,
        double minSimilarity,
        double minMargin,
        double minProbability,
        double maxDistance,
        double statedRisk) {

    public Calibration {
        if (!(logitScale > 0)) {
            throw new IllegalArgumentException("calibration.logitScale must be positive");
        }
    }
}
