// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.standalone.chaos.FaultPlan.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final Duration PAUSE = Duration.ofSeconds(4);

    @Test
    void repeatsItselfForTheSameSeedOnly() {
        assertThat(FaultPlan.of(5, 30, PAUSE)).isEqualTo(FaultPlan.of(5, 30, PAUSE));
        assertThat(FaultPlan.of(5, 30, PAUSE)).isNotEqualTo(FaultPlan.of(6, 30, PAUSE));
    }

    @Test
    void holdsTheKillsAskedForAndEveryOtherKind() {
        Map<FaultKind, List<Fault>> byKind =
                FaultPlan.of(1, 30, PAUSE).faults().stream()
                        .collect(Collectors.groupingBy(Fault::kind));

        assertThat(byKind.get(FaultKind.KILL)).hasSize(30);
        assertThat(byKind.keySet())
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(FaultKind.class));
    }

    @Test
    void pausesNoLongerThanAsked() {
        assertThat(FaultPlan.of(1, 30, PAUSE).faults())
                .allMatch(fault -> fault.pause().compareTo(PAUSE) < 0);
    }
}
