// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/**
 * What the loss asks for beside the right finding.
 *
 * @param attributes weight of the questions on attributes
 * @param sentences weight of cells against composed sentences, both ways
 * @param foils weight of a cell's sentence against the same one with one attribute wrong
 * @param focus exponent of the focal loss on findings (Lin et al. 2017); 0 for cross-entropy
 * @param pairs how cells and composed sentences are told to belong together
 * @param wordings of a finding that a step draws; their mean stands for it. 0 for all of them
 * @param auxiliary weight of a plain classifier of findings and attribute values beside the
 *     sentences, which no release holds; 0 for none
 */
public record Aims(
        double attributes,
        double sentences,
        double foils,
        double focus,
        Pairs pairs,
        int wordings,
        double auxiliary) {

    /** How a batch's cells and sentences are paired. */
    public enum Pairs {
        /** A cell chooses among the sentences, a sentence among the cells (CLIP, UniCL). */
        SOFTMAX,
        /** Every pair is a question of its own (SigLIP, Zhai et al. 2023, arXiv:2303.15343). */
        SIGMOID
    }

    /** Findings, attribute values and composed sentences. */
    public static final Aims STANDARD = new Aims(0.5, 0.5, 0, 0, Pairs.SOFTMAX, 0, 0);

    /** The same, and sentences told from the same ones with one attribute wrong. */
    public static final Aims FOILED = new Aims(0.5, 0.5, 0.25, 0, Pairs.SOFTMAX, 0, 0);

    /** The right finding alone. */
    public static final Aims FINDINGS = new Aims(0, 0, 0, 0, Pairs.SOFTMAX, 0, 0);

    public Aims {
        if (attributes < 0
                || sentences < 0
                || foils < 0
                || focus < 0
                || wordings < 0
                || auxiliary < 0) {
            throw new IllegalArgumentException(
                    "weights, focus and wordings of the loss are at least 0");
        }
    }

    /** The same with another focus. */
    public Aims focused(double other) {
        return new Aims(attributes, sentences, foils, other, pairs, wordings, auxiliary);
    }

    /** The same with pairs told otherwise. */
    public Aims paired(Pairs other) {
        return new Aims(attributes, sentences, foils, focus, other, wordings, auxiliary);
    }

    /** The same with so many wordings of a finding a step; 0 for all of them. */
    public Aims worded(int other) {
        return new Aims(attributes, sentences, foils, focus, pairs, other, auxiliary);
    }

    /** The same with an auxiliary classifier of that weight. */
    public Aims classified(double other) {
        return new Aims(attributes, sentences, foils, focus, pairs, wordings, other);
    }
}
