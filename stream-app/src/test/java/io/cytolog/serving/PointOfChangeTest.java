// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PointOfChangeTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void isTheTimeStatedWhereItLeavesALead() {
        assertThat(PointOfChange.of(NOON, NOON.plusSeconds(2))).isEqualTo(NOON.plusSeconds(2));
        assertThat(PointOfChange.of(NOON, NOON.plusSeconds(77))).isEqualTo(NOON.plusSeconds(77));
    }

    @Test
    void neverRewritesWhatWasAnswered() {
        assertThat(PointOfChange.of(NOON, NOON.minusSeconds(60))).isEqualTo(NOON.plusSeconds(2));
        assertThat(PointOfChange.of(NOON, NOON.plusMillis(1_999))).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void isTheSameFullStepForDecisionsThatWereMadeTogether() {
        assertThat(PointOfChange.of(NOON.plusMillis(1), null))
                .isEqualTo(PointOfChange.of(NOON.plusMillis(4_999), null))
                .isEqualTo(NOON.plusSeconds(15));
        assertThat(PointOfChange.of(NOON, null)).isEqualTo(NOON.plusSeconds(10));
    }
}
