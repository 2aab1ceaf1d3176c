// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Many seeded schedules of the engine, all invariants in each. A failure prints its seed; {@code
 * -Dcytolog.simulation.seed=N} runs that one alone and prints it, {@code
 * -Dcytolog.simulation.schedules=N} runs more. See docs/adr/0014-deterministic-simulation.md.
 */
class SimulationTest {

    private static final int SCHEDULES =
            Integer.getInteger("cytolog.simulation.schedules", 100_000);
    private static final Long SEED = Long.getLong("cytolog.simulation.seed");
    private static final int FEW = 2_000;

    /** Each refused release would be an error in the log, and schedules are full of them. */
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.cytolog");

    private static Level before;

    @BeforeAll
    static void silence() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(before);
    }

    @Test
    void keepsEveryInvariantInEverySchedule() {
        // Given
        Simulation simulation = new Simulation(Defect.NONE);
        if (SEED != null) {
            System.out.println(simulation.replay(SEED));
            assertThat(simulation.run(SEED)).isEmpty();
            return;
        }

        // When
        long start = System.nanoTime();
        for (long seed = 0; seed < SCHEDULES; seed++) {
            Optional<Simulation.Failure> failure = simulation.run(seed);
            assertThat(failure).isEmpty();
        }
        double seconds = (System.nanoTime() - start) / 1e9;

        // Then
        System.out.printf("simulation: %,d schedules in %.1f s%n", SCHEDULES, seconds);
        for (Event event : Event.values()) {
            System.out.printf("%,12d %s%n", simulation.count(event), event.what());
            assertThat(simulation.count(event)).as(event.what()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void seesEachDefectWithinFewSchedules(Defect defect) {
        // Given
        Simulation simulation = new Simulation(defect);

        // When
        Optional<Simulation.Failure> failure = Optional.empty();
        for (long seed = 0; failure.isEmpty() && seed < FEW; seed++) {
            failure = simulation.run(seed);
        }

        // Then
        assertThat(failure).as(defect.what()).isPresent();
        System.out.printf(
                "simulation: %s: seen after %d schedules: %s%n",
                defect.what(), failure.get().seed() + 1, failure.get().what().getMessage());
    }

    @Test
    void replaysTheSameScheduleFromItsSeed() {
        // Given: a defect whose schedules fail, in two simulations with different pasts.
        Simulation fresh = new Simulation(Defect.ROUTINE_STARVED);
        Simulation used = new Simulation(Defect.ROUTINE_STARVED);
        used.run(3);
        used.run(4);

        // Then
        for (long seed = 0; seed < 200; seed++) {
            assertThat(used.replay(seed).lines()).isEqualTo(fresh.replay(seed).lines());
        }
    }
}
