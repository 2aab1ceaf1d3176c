// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns similarities into an annotation: cosines with their findings' offsets, softmax over
 * findings after open_clip, and whether the evidence suffices, which is decided on cosines and
 * distance and never on the softmax alone. Immutable and safe for any thread.
 */
public final class Verdict {

    private final List<Finding> findings;
    private final Calibration calibration;
    private final double[] offsets;

    /**
     * @param findings those that are scored, in bank order
     */
    Verdict(List<Finding> findings, Calibration calibration) {
        this.findings = List.copyOf(findings);
        this.calibration = calibration;
        this.offsets = calibration.offsets(findings);
    }

    public Calibration calibration() {
        return calibration;
    }

    /**
     * @param similarities cosine of the cell and each scored finding, in bank order
     * @param nearest cosine of the cell and the nearest prototype
     * @param matches the cell's sentences, most similar first
     */
    public CellAnnotation of(double[] similarities, double nearest, List<Match> matches) {
        double[] scores = scores(similarities);
        int best = argMax(scores, -1);
        int second = argMax(scores, best);
        Map<String, Double> probabilities = softmax(scores, scores[best]);
        double margin = scores[best] - scores[second];
        Finding candidate = findings.get(best);
        return new CellAnnotation(
                candidate,
                findings.get(second),
                margin,
                probabilities,
                abstention(
                        candidate,
                        similarities[best],
                        nearest,
                        margin,
                        probabilities.get(candidate.id())),
                matches);
    }

    /**
     * The finding that similarities speak for.
     *
     * @param similarities cosine of the cell and each scored finding, in bank order
     */
    Finding candidate(double[] similarities) {
        return findings.get(argMax(scores(similarities), -1));
    }

    private double[] scores(double[] similarities) {
        double[] scores = similarities.clone();
        for (int i = 0; i < scores.length; i++) {
            scores[i] += offsets[i];
        }
        return scores;
    }

    private Map<String, Double> softmax(double[] scores, double top) {
        double[] weights = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(calibration.logitScale() * (scores[i] - top));
            sum += weights[i];
        }
        Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(weights.length);
        for (int i = 0; i < weights.length; i++) {
            probabilities.put(findings.get(i).id(), weights[i] / sum);
        }
        return probabilities;
    }

    private Optional<Abstention> abstention(
            Finding candidate,
            double similarity,
            double nearest,
            double margin,
            double probability) {
        if (candidate.level() == Finding.Level.QUALITY) {
            return Optional.of(Abstention.NOT_IDENTIFIABLE);
        }
        if (similarity < calibration.minSimilarity()) {
            return Optional.of(Abstention.LOW_SIMILARITY);
        }
        if (1 - nearest > calibration.maxDistance()) {
            return Optional.of(Abstention.FAR_FROM_TRAINING);
        }
        if (margin < calibration.minMargin()) {
            return Optional.of(Abstention.LOW_MARGIN);
        }
        if (probability < calibration.minProbability()) {
            return Optional.of(Abstention.LOW_PROBABILITY);
        }
        return Optional.empty();
    }

    /** The first of the largest values, but for one. */
    static int argMax(double[] values, int except) {
        int best = -1;
        for (int i = 0; i < values.length; i++) {
            if (i != except && (best < 0 || values[i] > values[best])) {
                best = i;
            }
        }
        return best;
    }
}
