// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FindingOffsetsTest {

    private static final int CELLS = 3_000;
    private static final double SCALE = 10;

    private final int[] truth = new int[CELLS];

    /** Cells whose findings follow from cosines and these offsets at the scale, by chance. */
    private double[][] cosines(double... offsets) {
        Random random = new Random(4);
        double[][] cosines = new double[CELLS][offsets.length];
        for (int i = 0; i < CELLS; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int f = 0; f < offsets.length; f++) {
                cosines[i][f] = random.nextDouble() - 0.5;
                double gumbel = -Math.log(-Math.log(random.nextDouble()));
                double score = SCALE * (cosines[i][f] + offsets[f]) + gumbel;
                truth[i] = score > best ? f : truth[i];
                best = Math.max(best, score);
            }
        }
        return cosines;
    }

    private static double[] alike() {
        double[] weights = new double[CELLS];
        Arrays.fill(weights, 1);
        return weights;
    }

    @Test
    void findsTheOffsetsThatFindingsWereDrawnWith() {
        double[][] cosines = cosines(0.2, 0, -0.2);

        double[] offsets = FindingOffsets.of(cosines, truth, alike(), 3);

        assertThat(offsets).containsExactly(new double[] {0.2, 0, -0.2}, within(0.02));
    }

    @Test
    void leavesFindingsAloneThatNeedNone() {
        double[][] cosines = cosines(0, 0, 0);

        double[] offsets = FindingOffsets.of(cosines, truth, alike(), 3);

        assertThat(offsets).containsExactly(new double[] {0, 0, 0}, within(0.02));
    }

    @Test
    void aFindingWithoutCellsHasNone() {
        double[][] cosines = cosines(0.1, -0.1);
        double[][] wider =
                Arrays.stream(cosines).map(row -> Arrays.copyOf(row, 3)).toArray(double[][]::new);

        double[] offsets = FindingOffsets.of(wider, truth, alike(), 3);

        assertThat(offsets[0] - offsets[1]).isCloseTo(0.2, within(0.03));
        assertThat(offsets[2]).isZero();
    }

    @Test
    void weighsCells() {
        // Given cells of the second finding that count for nothing
        double[][] cosines = cosines(0, 0, 0);
        double[] weights = alike();
        for (int i = 0; i < CELLS; i++) {
            weights[i] = truth[i] == 1 ? 0.1 : 1;
        }

        double[] offsets = FindingOffsets.of(cosines, truth, weights, 3);

        assertThat(offsets[1]).isLessThan(offsets[0] - 0.1);
    }
}
