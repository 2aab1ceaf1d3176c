// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chaos run, short: every kind of fault once, and the control that must lose images. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ChaosTest {

    @TempDir private Path work;

    @Test
    void losesAndRepeatsNothingWhateverBreaks() throws Exception {
        // Given: another plan each time; the seed stands in the verdict.
        long seed = Clock.systemUTC().millis() % 1_000_000;

        // When
        Verdict verdict = run(seed, 3, false);

        // Then
        assertThat(verdict.holds()).as(verdict.line() + verdict.disorder()).isTrue();
        assertThat(verdict.faults().keySet()).hasSize(FaultKind.values().length);
    }

    @Test
    void seesTheLossWithoutTheBarrier() throws Exception {
        Verdict verdict = run(7, 3, true);

        assertThat(verdict.lost()).as(verdict.line()).isPositive();
        assertThat(verdict.holds()).isTrue();
    }

    private Verdict run(long seed, int kills, boolean control) throws Exception {
        ChaosSettings settings =
                new ChaosSettings(
                        2,
                        4,
                        60,
                        control,
                        work.resolve("work"),
                        Path.of("target", control ? "chaos-control" : "chaos").toAbsolutePath());
        return Chaos.run(settings, seed, kills, new Printed(), () -> false);
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
