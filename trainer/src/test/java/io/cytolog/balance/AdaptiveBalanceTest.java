// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who gets synthetic cells, and how many at most. */
class AdaptiveBalanceTest {

    private static final int[] CELLS = {1000, 100, 100};

    @Test
    void givesNothingBeforeARecallWasSeenNorWhereAllIsWell() {
        AdaptiveBalance balance = new AdaptiveBalance(3, 0.25, 5);
        assertThat(balance.synthetic(CELLS)).containsOnly(0);
        balance.saw(new double[] {0.95, 0.9, 1});
        assertThat(balance.synthetic(CELLS)).containsOnly(0);
    }

    @Test
    void givesMostWhereRecallIsLowestAndKeepsTheCap() {
        // Given
        AdaptiveBalance balance = new AdaptiveBalance(3, 0.25, 50);

        // When
        balance.saw(new double[] {0.9, 0.1, 0.5});
        int[] counts = balance.synthetic(CELLS);

        // Then
        assertThat(counts[0]).isZero();
        assertThat(counts[1]).isEqualTo(2 * counts[2]);
        assertThat(Arrays.stream(counts).sum()).isLessThanOrEqualTo(300).isGreaterThan(280);
    }

    @Test
    void keepsWithinAMultipleOfTheRealCells() {
        AdaptiveBalance balance = new AdaptiveBalance(3, 0.5, 1);
        balance.saw(new double[] {0.9, 0, 0});
        assertThat(balance.synthetic(CELLS)).containsExactly(0, 100, 100);
    }

    @Test
    void remembersAndLeavesUnknownRecallAlone() {
        AdaptiveBalance balance = new AdaptiveBalance(3, 0.25, 5);
        balance.saw(new double[] {0.5, 0.5, Double.NaN});
        balance.saw(new double[] {1, Double.NaN, Double.NaN});
        assertThat(balance.recall()[0]).isCloseTo(0.7, within(1e-9));
        assertThat(balance.recall()[1]).isEqualTo(0.5);
        assertThat(balance.recall()[2]).isEqualTo(0.9);
    }
}
