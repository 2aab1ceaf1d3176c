// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long SECOND = 1_000_000_000L;

    /** Ten images a second and half a CPU-second a second, for 20 seconds. */
    private static final List<Sample> STEADY =
            LongStream.rangeClosed(1, 20)
                    .mapToObj(s -> new Sample(s * SECOND, 10 * s, s * SECOND / 2))
                    .toList();

    @Test
    void opensAfterTheWarmUpAndClosesAfterItsLength() {
        // When
        Window window = Window.of(STEADY, Duration.ofSeconds(4), Duration.ofSeconds(8), 200);

        // Then
        assertThat(window.images()).isEqualTo(80);
        assertThat(window.length()).isEqualTo(Duration.ofSeconds(8));
        assertThat(window.imagesPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(window.cpuSecondsPer1000()).isCloseTo(50, within(1e-9));
    }

    @Test
    void closesWhileImagesStillWait() {
        // When
        Window window = Window.of(STEADY, Duration.ofSeconds(4), Duration.ofSeconds(60), 200);

        // Then: the last sample before 97 % were done
        assertThat(window.length()).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void refusesToSpeakOfAWindowThatNeverOpened() {
        assertThatThrownBy(() -> Window.of(STEADY, Duration.ofMinutes(1), Duration.ofSeconds(8), 5))
                .hasMessageContaining("give more seconds");
    }

    @Test
    void ranksTimesWithoutInterpolating() {
        // Given
        Percentiles times =
                new Percentiles(LongStream.rangeClosed(1, 200).map(n -> n * 1_000_000).toArray());

        // Then
        assertThat(times.millis(0.50)).isEqualTo(100);
        assertThat(times.millis(0.99)).isEqualTo(198);
        assertThat(times.millis(1)).isEqualTo(200);
    }
}
