// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The harness says what was broken, and only that. */
class SwapVerdictTest {

    private static final long MIB = 1 << 20;

    private static SwapVerdict verdict(
            int seen, long lost, long misplaced, long swapP99, long liveAfter) {
        return new SwapVerdict(
                100, seen, 10, 5_000, 0, lost, 0, misplaced, 0, 80, swapP99, 100 * MIB, liveAfter,
                600 * MIB, 610 * MIB, 4, true);
    }

    @Test
    void holdsWhenNothingIsBroken() {
        assertThat(verdict(100, 0, 0, 150, 110 * MIB).broken()).isEmpty();
    }

    @Test
    void namesEachThingThatIsBroken() {
        assertThat(verdict(99, 2, 3, 170, 200 * MIB).broken())
                .satisfiesExactlyInAnyOrder(
                        what -> assertThat(what).contains("2 images lost"),
                        what -> assertThat(what).contains("3 results of another release"),
                        what -> assertThat(what).contains("99 of 100 swaps seen"),
                        what -> assertThat(what).contains("p99 170 ms during swaps"),
                        what -> assertThat(what).contains("live heap grew from 100 to 200 MiB"));
    }
}
