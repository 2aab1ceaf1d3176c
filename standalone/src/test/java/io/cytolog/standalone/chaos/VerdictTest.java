// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final List<String> NONE = List.of();
    private static final List<String> SOME = List.of("x");

    @Test
    void holdsOnlyWhenNothingIsLostRepeatedMisplacedOrPending() {
        assertThat(verdict(false, 100, 0, 0, 0, 0, NONE, NONE).holds()).isTrue();
        assertThat(verdict(false, 0, 0, 0, 0, 0, NONE, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 1, 0, 0, 0, NONE, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 1, 0, 0, NONE, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 1, 0, NONE, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 1, NONE, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 0, SOME, NONE).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 0, NONE, SOME).holds()).isFalse();
    }

    @Test
    void holdsAControlOnlyWhenItLostAndNothingCouldStillCome() {
        assertThat(verdict(true, 100, 0, 4, 0, 0, NONE, NONE).holds()).isTrue();
        assertThat(verdict(true, 100, 0, 0, 0, 0, NONE, NONE).holds()).isFalse();
        assertThat(verdict(true, 100, 0, 4, 0, 0, NONE, SOME).holds()).isFalse();
    }

    @Test
    void saysAllInOneLine() {
        assertThat(verdict(false, 1_100, 0, 0, 0, 0, NONE, NONE).line())
                .isEqualTo(
                        "verdict: 0 lost, 0 twice, 0 out of order, offsets at the end, nothing pending"
                                + " (seed=9, 1,100 images, 3 kills)");
        assertThat(verdict(true, 1_100, 0, 4, 0, 0, NONE, NONE).line())
                .isEqualTo(
                        "control: lost 4 of 1,100, as it must, offsets at the end, nothing pending"
                                + " (seed=9, 1,100 images, 3 kills)");
    }

    private static Verdict verdict(
            boolean control,
            int images,
            int feedFaults,
            int lost,
            int repeated,
            int misrouted,
            List<String> disorder,
            List<String> pending) {
        return new Verdict(
                9,
                control,
                images,
                feedFaults,
                lost,
                repeated,
                misrouted,
                disorder,
                pending,
                0,
                0,
                0,
                Map.of("kills", 3),
                2,
                60);
    }
}
