// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.measure.Measured;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the bank says of one cell.
 *
 * @param candidate the scored finding with the highest probability
 * @param runnerUp the next one
 * @param margin cosine of the candidate minus that of the runner-up
 * @param probabilities by finding id, in bank order; they sum to 1
 * @param abstention why the candidate is not given as the finding; empty when it is
 * @param matches best sentences, most similar first
 * @param measured what was measured, in pixels of the encoder's input; {@link Measured#NONE} where
 *     the release does not measure
 */
public record CellAnnotation(
        Finding candidate,
        Finding runnerUp,
        double margin,
        Map<String, Double> probabilities,
        Optional<Abstention> abstention,
        List<Match> matches,
        Measured measured) {

    /** Without measurements. */
    public CellAnnotation(
            Finding candidate,
            Finding runnerUp,
            double margin,
            Map<String, Double> probabilities,
            Optional<Abstention> abstention,
            List<Match> matches) {
        this(candidate, runnerUp, margin, probabilities, abstention, matches, Measured.NONE);
    }

    public CellAnnotation {
        matches = List.copyOf(matches);
    }

    /** The same with other measurements. */
    public CellAnnotation with(Measured other) {
        return new CellAnnotation(
                candidate, runnerUp, margin, probabilities, abstention, matches, other);
    }

    public boolean abstained() {
        return abstention.isPresent();
    }

    /** Id of the finding given: the candidate's, or {@value Finding#UNIDENTIFIED}. */
    public String findingId() {
        return abstained() ? Finding.UNIDENTIFIED : candidate.id();
    }

    /** The finding given, in words. */
    public String findingDisplay() {
        return abstained() ? "Unidentified" : candidate.display();
    }

    /** Probability of the candidate, 0 to 1. */
    public double probability() {
        return probabilities.get(candidate.id());
    }
}
