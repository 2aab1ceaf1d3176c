// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a plan says of each step. */
class FitPlanTest {

    private static final int STEPS = 1000;
    private static final int FULL = 128;

    @Test
    void picturesGrowFromHalfToFullSide() {
        FitPlan plan = FitPlan.standard(1, 10);
        assertThat(sides(plan, 64)).isEqualTo(550);
        assertThat(sides(plan, 96)).isEqualTo(230);
        assertThat(sides(plan, FULL)).isEqualTo(220);
        assertThat(sides(plan.atFullSide(), FULL)).isEqualTo(STEPS);
    }

    @Test
    void aContinuedTrainingSeesFullSideForLonger() {
        FitPlan plan = FitPlan.standard(1, 10).detailed();
        assertThat(sides(plan, FULL)).isEqualTo(350);
        assertThat(sides(plan, 64)).isEqualTo(350);
        assertThat(plan.rated(1e-3).side(0, STEPS, FULL)).isEqualTo(64);
    }

    @Test
    void drawnSidesHaveTheSameSharesAndEndFull() {
        // Given
        FitPlan rising = FitPlan.standard(1, 10);
        FitPlan drawn = rising.sided(rising.sides().inOrder(Sides.Order.DRAWN));

        // Then
        assertThat(sides(drawn, 64)).isBetween(510L, 590L);
        assertThat(sides(drawn, 96)).isBetween(195L, 265L);
        assertThat(IntStream.range(880, STEPS)).allMatch(s -> drawn.side(s, STEPS, FULL) == FULL);
        assertThat(IntStream.range(0, 40).map(s -> drawn.side(s, STEPS, FULL)).distinct())
                .containsExactlyInAnyOrder(64, 96, FULL);
        assertThat(drawn.side(17, STEPS, FULL)).isEqualTo(drawn.side(17, STEPS, FULL));
        assertThat(sides(drawn.atFullSide(), FULL)).isEqualTo(STEPS);
        assertThat(drawn.detailed().sides().order()).isEqualTo(Sides.Order.DRAWN);
    }

    @Test
    void refusesSharesOutOfBounds() {
        assertThatThrownBy(() -> Sides.rising(0.6, 0.5)).hasMessageContaining("0.6 and 0.5");
        assertThatThrownBy(() -> Sides.rising(0.6, 0.95)).hasMessageContaining("give 0 to 0.88");
        assertThatThrownBy(() -> FitPlan.standard(1, 1).mixed(1.5))
                .hasMessageContaining("mixup=1.5");
    }

    @Test
    void rateRisesAndFalls() {
        FitPlan plan = FitPlan.standard(1, 10).rated(1e-3);
        assertThat(plan.rate(0, STEPS)).isCloseTo(1e-3 / 200, within(1e-9));
        assertThat(plan.rate(199, STEPS)).isCloseTo(1e-3, within(1e-9));
        assertThat(plan.rate(STEPS, STEPS)).isCloseTo(0, within(1e-9));
    }

    @Test
    void refusesATrainingOfNothing() {
        assertThatThrownBy(() -> FitPlan.standard(1, 0)).hasMessageContaining("epochs=0");
    }

    private static long sides(FitPlan plan, int side) {
        return IntStream.range(0, STEPS)
                .filter(step -> plan.side(step, STEPS, FULL) == side)
                .count();
    }
}
