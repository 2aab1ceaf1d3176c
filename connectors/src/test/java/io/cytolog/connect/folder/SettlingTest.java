// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wait for a file to stop changing, on a clock moved by hand. */
class SettlingTest {
    private static final long MS = 1_000_000;

    private final Settling settling = new Settling(Duration.ofMillis(500));

    @Test
    void releasesAFileThatRestedLongEnough() {
        // Given
        List<Sighting> seen = List.of(file(10, 1));
        // When, Then
        assertThat(settling.settled(seen, 0)).isEmpty();
        assertThat(settling.settled(seen, 499 * MS)).isEmpty();
        assertThat(settling.settled(seen, 500 * MS)).isEqualTo(seen);
    }

    @Test
    void waitsAgainWhenTheFileGrows() {
        // Given
        settling.settled(List.of(file(10, 1)), 0);
        // When
        settling.settled(List.of(file(11, 1)), 400 * MS);
        // Then
        assertThat(settling.settled(List.of(file(11, 1)), 800 * MS)).isEmpty();
        assertThat(settling.settled(List.of(file(11, 1)), 900 * MS)).hasSize(1);
    }

    @Test
    void waitsAgainWhenTheFileIsRewrittenAtTheSameLength() {
        // Given
        settling.settled(List.of(file(10, 1)), 0);
        // When, Then
        assertThat(settling.settled(List.of(file(10, 2)), 600 * MS)).isEmpty();
    }

    @Test
    void forgetsAFileThatWentAway() {
        // Given
        settling.settled(List.of(file(10, 1)), 0);
        settling.settled(List.of(), 300 * MS);
        // When, Then
        assertThat(settling.settled(List.of(file(10, 1)), 600 * MS)).isEmpty();
    }

    private static Sighting file(long size, long second) {
        return new Sighting("s/a.png", size, Instant.ofEpochSecond(second), false);
    }
}
