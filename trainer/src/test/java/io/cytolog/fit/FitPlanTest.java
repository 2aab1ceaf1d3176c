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
        assertThat(sides(plan, 64)).isEqualTo(350);
        assertThat(sides(plan, 96)).isEqualTo(300);
        assertThat(sides(plan, FULL)).isEqualTo(350);
        assertThat(sides(plan.atFullSide(), FULL)).isEqualTo(STEPS);
        assertThat(plan.rated(1e-3).side(0, STEPS, FULL)).isEqualTo(64);
    }

    @Test
    void refusesSharesOutOfBounds() {
        assertThatThrownBy(() -> new Sides(0.6, 0.5)).hasMessageContaining("0.6 and 0.5");
        assertThatThrownBy(() -> new Sides(0.6, 1)).hasMessageContaining("give 0 to less than 1");
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
