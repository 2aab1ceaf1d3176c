// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.corpus.Wordings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The loss of pairs against figures worked out by hand. */
class ObjectiveTest {

    private static final float SCALE = 4;
    private static final float BIAS = -1;

    private final Wordings wordings = Wordings.shipped();

    @Test
    void judgesEveryPairOfItsOwn() {
        // Given: two cells, each lies on its own sentence and at a right angle to the other's
        float[] open = {0, 0, 0, 0};

        // When
        double loss = sentences(Aims.Pairs.SIGMOID, open);

        // Then: two pairs that hold, two that do not, over two cells
        double held = Math.log(1 + Math.exp(-(SCALE + BIAS)));
        double not = Math.log(1 + Math.exp(BIAS));
        assertThat(loss).isCloseTo(held + not, within(1e-5));
    }

    @Test
    void leavesOutPairsThatNobodyKnows() {
        // Given: whether the second sentence holds for the first cell is not known
        float[] barred = {0, -1e4f, 0, 0};

        // When
        double loss = sentences(Aims.Pairs.SIGMOID, barred);

        // Then
        double held = Math.log(1 + Math.exp(-(SCALE + BIAS)));
        double not = Math.log(1 + Math.exp(BIAS));
        assertThat(loss).isCloseTo(held + not / 2, within(1e-5));
    }

    @Test
    void choosesAmongSentencesAndCells() {
        double loss = sentences(Aims.Pairs.SOFTMAX, new float[] {0, 0, 0, 0});

        assertThat(loss).isCloseTo(Math.log(1 + Math.exp(-SCALE)), within(1e-5));
    }

    @Test
    void classifiesFindingsAndTheValuesThatAreKnown() {
        // Given: two cells of the first and second finding, the first value known of the first cell
        int findings = wordings.findings().size();
        int values = wordings.valueCount();
        float[] shares = new float[2 * findings];
        shares[0] = 1;
        shares[findings + 1] = 1;
        float[] known = new float[2 * values];
        known[0] = 1;
        Targets targets =
                new Targets(
                        shares,
                        known,
                        new float[4],
                        new float[4],
                        new float[] {1, 1},
                        new float[2]);

        // When: all is level but for the right finding of the first cell
        float[] logits = new float[2 * (findings + values)];
        logits[0] = SCALE;
        double loss;
        try (PointerScope _ = new PointerScope()) {
            Tensor said = Tensors.of(logits, 2, findings + values);
            loss = Objective.classified(wordings, Aims.STANDARD, targets, said).item_float();
        }

        // Then
        double first = Math.log(1 + (findings - 1) * Math.exp(-SCALE));
        double second = Math.log(findings);
        double asked = Math.log(wordings.attributes().getFirst().values().size());
        double weight = Aims.STANDARD.attributes();
        assertThat(loss).isCloseTo((first + second) / 2 + weight * asked, within(1e-5));
    }

    @Test
    void wantsNoFindingAndNoSentenceForOutliers() {
        // Given: two cells on their own sentences; an outlier on the first finding and sentence
        float[] open = {0, 0, 0, 0};
        float[] named = {1, 0};
        Aims noSentences = new Aims(0, 0, 0, 0, Aims.Pairs.SOFTMAX, 0, 0);
        int findings = wordings.findings().size();

        // When
        double on = loss(noSentences, open, named);
        double beside = loss(noSentences, open, new float[] {0, 1});
        double told = loss(new Aims(0, 1, 0, 0, Aims.Pairs.SOFTMAX, 0, 0), open, named) - on;

        // Then: the finding is too likely in one of them, the other one costs nothing
        assertThat(beside).isCloseTo(loss(noSentences, open, new float[0]), within(1e-5));
        double even = Math.log(findings);
        double likely = Math.log(findings - 1 + Math.exp(SCALE)) - SCALE / findings;
        assertThat(on - beside).isCloseTo(Outliers.WEIGHT * (likely - even), within(1e-5));

        // And: the first sentence chooses among its cell, the other one and the outlier
        double toSentence = Math.log(1 + Math.exp(-SCALE));
        double toCell = (Math.log(2 + Math.exp(-SCALE)) + Math.log(1 + 2 * Math.exp(-SCALE))) / 2;
        assertThat(told).isCloseTo((toSentence + toCell) / 2, within(1e-5));
    }

    /** What sentences add to the loss of two cells. */
    private double sentences(Aims.Pairs pairs, float[] barred) {
        return loss(new Aims(0, 1, 0, 0, pairs, 0, 0), barred)
                - loss(new Aims(0, 0, 0, 0, pairs, 0, 0), barred);
    }

    private double loss(Aims aims, float[] barred) {
        return loss(aims, barred, new float[0]);
    }

    private double loss(Aims aims, float[] barred, float[] outliers) {
        int findings = wordings.findings().size();
        float[] shares = new float[2 * findings];
        shares[0] = 1;
        shares[findings + 1] = 1;
        float[] named = new float[2 * findings];
        named[0] = 1;
        Targets targets =
                new Targets(
                        shares,
                        new float[2 * wordings.valueCount()],
                        new float[] {1, 0, 0, 1},
                        barred,
                        new float[] {1, 1},
                        new float[2]);
        try (PointerScope _ = new PointerScope()) {
            Tensor two = Tensors.of(new float[] {1, 0, 0, 1}, 2, 2);
            return Objective.loss(
                            wordings,
                            aims,
                            targets,
                            two,
                            Tensors.of(outliers, outliers.length / 2, 2),
                            Tensors.of(named, findings, 2),
                            Tensors.of(
                                    new float[2 * wordings.valueCount()], wordings.valueCount(), 2),
                            two,
                            two,
                            new Objective.Logits(
                                    Tensors.of(new float[] {SCALE}, 1),
                                    Tensors.of(new float[] {BIAS}, 1)))
                    .item_float();
        }
    }
}
