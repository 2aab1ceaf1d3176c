// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FeedStatisticsTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final FeedStatistics statistics = new FeedStatistics(clock);

    @Test
    void meansTheRateOverWholeSeconds() {
        // Given
        for (int second = 0; second < 20; second++) {
            image(5);
            image(5);
            pass(Duration.ofSeconds(1));
        }

        // When
        double rate = statistics.imagesPerSecond();

        // Then
        assertThat(rate).isEqualTo(2.0);
    }

    @Test
    void fallsToZeroWhenTheFeedStops() {
        // Given
        image(5);

        // When
        pass(Duration.ofSeconds(12));

        // Then
        assertThat(statistics.imagesPerSecond()).isZero();
    }

    @Test
    void ranksLatencies() {
        // Given
        for (int ms = 1; ms <= 100; ms++) {
            image(ms);
        }

        // When and Then
        assertThat(statistics.latencyMs(0.50)).hasValue(50);
        assertThat(statistics.latencyMs(0.99)).hasValue(99);
    }

    @Test
    void knowsNoLatencyBeforeTheFirstResult() {
        assertThat(statistics.latencyMs(0.5)).isEmpty();
    }

    @Test
    void forgetsOldLatencies() {
        // Given
        image(9_999);

        // When
        for (int i = 0; i < FeedStatistics.LATENCIES; i++) {
            image(7);
        }

        // Then
        assertThat(statistics.latencyMs(1.0)).hasValue(7);
    }

    private void image(int ms) {
        statistics.annotated(Duration.ofMillis(ms), 1, 0);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
