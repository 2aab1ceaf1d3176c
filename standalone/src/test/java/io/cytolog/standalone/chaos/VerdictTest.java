// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void holdsOnlyWhenNothingIsLostRepeatedMisplacedOrPending() {
        assertThat(verdict(false, 100, 0, 0, 0, 0, List.of(), List.of()).holds()).isTrue();
        assertThat(verdict(false, 0, 0, 0, 0, 0, List.of(), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 1, 0, 0, 0, List.of(), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 1, 0, 0, List.of(), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 1, 0, List.of(), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 1, List.of(), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 0, List.of("x"), List.of()).holds()).isFalse();
        assertThat(verdict(false, 100, 0, 0, 0, 0, List.of(), List.of("x")).holds()).isFalse();
    }

    @Test
    void holdsAControlOnlyWhenItLost() {
        assertThat(verdict(true, 100, 0, 4, 0, 0, List.of(), List.of()).holds()).isTrue();
        assertThat(verdict(true, 100, 0, 0, 0, 0, List.of(), List.of()).holds()).isFalse();
    }

    @Test
    void namesTheSeed() {
        assertThat(verdict(false, 100, 0, 0, 0, 0, List.of(), List.of()).line())
                .isEqualTo(
                        "verdict: 0 lost, 0 twice, 0 out of order, 0 misrouted, offsets at the end, nothing pending (seed=9, 100 images, 3 kills)");
    }

    private static Verdict verdict(
            boolean control,
            int images,
            int refused,
            int lost,
            int repeated,
            int misrouted,
            List<String> disorder,
            List<String> pending) {
        return new Verdict(
                9,
                control,
                images,
                refused,
                lost,
                repeated,
                misrouted,
                disorder,
                pending,
                0,
                Map.of("kills", 3),
                60);
    }
}
