// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All figures of a release on labelled cells; what the report shows and {@code figures.json} holds.
 *
 * @param cells how many there are, of so many {@code groups}
 * @param overall all cells; abstention plays no part in it
 * @param answered share of cells that the release gives a finding, by its thresholds
 * @param risk share of wrong findings among those given
 * @param overlooked share of cells that get a wrong finding which no person has to look at
 * @param findings one a scored finding, in bank order
 * @param collections one a published set
 * @param counts cells by true and given finding
 * @param before reliability under the scale that training ended with, or CLIP begins with where the
 *     release does not state it
 * @param after reliability under a scale fitted on cells of other groups
 * @param conformal sets that hold the true finding with a stated frequency
 * @param outOfDistribution empty where the data have no cells of other kinds
 */
public record Evaluation(
        String release,
        String data,
        String split,
        int cells,
        int groups,
        Summary overall,
        Estimate answered,
        Estimate risk,
        Estimate overlooked,
        List<OfFinding> findings,
        Map<String, Summary> collections,
        int[][] counts,
        Retrieval.Figures imageToText,
        Retrieval.Figures textToImage,
        List<AttributeQuestions.Figures> attributes,
        Reliability before,
        Reliability after,
        Conformal conformal,
        RiskCoverage riskCoverage,
        Optional<Outside> outOfDistribution) {

    /** Figures over the findings that occur. */
    public record Summary(
            int cells,
            int findings,
            Estimate macroF1,
            Estimate balancedAccuracy,
            Estimate accuracy,
            Estimate kappa) {}

    /**
     * One finding against the rest.
     *
     * @param overlooked share of its cells that get another finding which no person has to look at
     */
    public record OfFinding(
            String id,
            String display,
            int cells,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            Estimate auroc,
            Estimate averagePrecision,
            Estimate overlooked) {}

    /**
     * Cells of no finding against validation cells.
     *
     * @param byDistance AUROC of the distance to the nearest prototype
     * @param bySimilarity AUROC of the candidate's similarity
     * @param answered share of them that wrongly gets a finding
     * @param named how many get which finding, the commonest first; by id
     */
    public record Outside(
            String what,
            int cells,
            double byDistance,
            double bySimilarity,
            double answered,
            SequencedMap<String, Integer> named) {}

    /** Mean accuracy over the attributes asked; NaN where none was. */
    public double attributeAccuracy() {
        return attributes.stream()
                .mapToDouble(figures -> figures.accuracy().value())
                .average()
                .orElse(Double.NaN);
    }
}
