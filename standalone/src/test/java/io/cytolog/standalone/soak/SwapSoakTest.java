// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.standalone.TinyRelease;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small run of swaps; speed and memory are for the long one to say. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SwapSoakTest {

    private static final int SWAPS = 12;

    @TempDir private Path work;

    @Test
    void losesRepeatsAndMisplacesNothingWhileReleasesSwap() throws Exception {
        // Given
        Path release = work.resolve("release");
        TinyRelease.write(release);
        SwapSettings settings =
                new SwapSettings(
                        release,
                        work.resolve("out"),
                        SWAPS,
                        Duration.ofMillis(1_500),
                        Duration.ofSeconds(2),
                        20,
                        "256m");
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());

        // When
        SwapVerdict verdict = new SwapSoak(settings, quiet, InstantSource.system()).run();

        // Then
        assertThat(verdict.alive()).isTrue();
        assertThat(verdict.published()).isGreaterThan(200);
        assertThat(verdict.refusedByBroker()).isZero();
        assertThat(verdict.lost()).as("lost").isZero();
        assertThat(verdict.repeated()).as("repeated").isZero();
        assertThat(verdict.misplaced()).as("misplaced").isEqualTo(verdict.late());
        assertThat(verdict.seen()).isEqualTo(SWAPS);
        assertThat(verdict.badAnnounced()).isPositive();
        assertThat(verdict.open()).isLessThanOrEqualTo(4);
    }
}
