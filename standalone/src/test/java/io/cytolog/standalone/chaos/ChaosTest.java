// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.standalone.TinyRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chaos run, short: every kind of fault, and the control that must lose images. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChaosTest {

    private static final long FIXED_SEED = 7;

    @TempDir private Path work;

    @Test
    void losesAndRepeatsNothingWhateverBreaks() throws Exception {
        // Given: the control's plan, or another that was asked for.
        long seed = Long.getLong("cytolog.chaos.seed", FIXED_SEED);

        // When
        Verdict verdict = run(seed, 3, false);

        // Then
        assertThat(verdict.holds()).as(verdict.line() + verdict.disorder()).isTrue();
        assertThat(verdict.faults().keySet()).hasSize(FaultKind.values().length);
        assertThat(verdict.loadedKills()).as("kills that found images in flight").isPositive();
    }

    @Test
    void seesTheLossWithoutTheBarrier() throws Exception {
        Verdict verdict = run(FIXED_SEED, 2, true);

        assertThat(verdict.lost()).as(verdict.line()).isPositive();
        assertThat(verdict.holds()).as(verdict.line()).isTrue();
    }

    private Verdict run(long seed, int kills, boolean control) throws Exception {
        String name = control ? "chaos-control" : "chaos";
        System.out.printf("%s: seed %d%n", name, seed);
        Path release = work.resolve("release");
        TinyRelease.write(release);
        ChaosSettings settings =
                new ChaosSettings(
                        kills,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(2),
                        2,
                        4,
                        60,
                        control,
                        release,
                        work.resolve("work"),
                        Path.of("target", name).toAbsolutePath());
        return Chaos.run(settings, seed, new Printed(), () -> false);
    }

    /** The faults, for whoever reads the test's output. */
    private static final class Printed implements ChaosListener {

        @Override
        public void event(String line) {
            System.out.println(line);
        }

        @Override
        public void progress(int published, int outcomes, int faultsDone, int faults) {}
    }
}
