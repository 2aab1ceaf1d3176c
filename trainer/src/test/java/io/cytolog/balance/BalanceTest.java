// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.corpus.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ninety common cells and ten rare ones. */
class BalanceTest {

    private static final int COMMON = 90;

    private final List<Cell> cells = new ArrayList<>();

    BalanceTest() {
        IntStream.range(0, 100).forEach(i -> cells.add(cell(i, i < COMMON ? "common" : "rare")));
    }

    @Test
    void drawsStrataByPowersOfTheirSize() {
        assertThat(rareDraws(Balance.NONE)).isEqualTo(10);
        assertThat(rareDraws(Balance.ROOT)).isBetween(22, 28);
        assertThat(rareDraws(Balance.OVERSAMPLE)).isBetween(45, 55);
    }

    @Test
    void weighsRareFindingsUpAndKeepsTheMean() {
        // When
        float[] weights = Balance.WEIGHTS.weights(cells);

        // Then
        assertThat(weights[99] / weights[0]).isCloseTo(9, within(1e-3f));
        double mean = IntStream.range(0, 100).mapToDouble(i -> weights[i]).average().orElseThrow();
        assertThat(mean).isCloseTo(1, within(1e-5));
        assertThat(Balance.FOCAL.weights(cells)).containsOnly(1);
    }

    @Test
    void namesWhatItKnows() {
        assertThatThrownBy(() -> Balance.of("gan"))
                .hasMessageContaining("--balance 'gan' is unknown")
                .hasMessageContaining("oversample");
    }

    private int rareDraws(Balance balance) {
        return (int)
                Arrays.stream(balance.order(cells, 1).epoch(0)).filter(i -> i >= COMMON).count();
    }

    private static Cell cell(int number, String finding) {
        return new Cell("c/" + number, "c", finding, "group " + number, true, false, Map.of());
    }
}
