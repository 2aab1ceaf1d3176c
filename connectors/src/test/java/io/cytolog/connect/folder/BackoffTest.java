// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The growing wait on a file that cannot be read. */
class BackoffTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    @Test
    void doublesTheWaitUpToItsBound() {
        // Given
        long now = 0;
        for (long wait : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            // When
            backoff.failed("a", now);
            // Then
            assertThat(backoff.mayTry("a", now + wait * SECOND - 1)).isFalse();
            assertThat(backoff.mayTry("a", now + wait * SECOND)).isTrue();
            now += wait * SECOND;
        }
    }

    @Test
    void tellsTheFirstFailureApartSoThatItIsLoggedOnce() {
        assertThat(backoff.failed("a", 0)).isTrue();
        assertThat(backoff.failed("a", SECOND)).isFalse();
        backoff.succeeded("a");
        assertThat(backoff.failed("a", 2 * SECOND)).isTrue();
    }

    @Test
    void forgetsFilesThatAreGone() {
        // Given
        backoff.failed("a", 0);
        // When
        backoff.keepOnly(List.of("b"));
        // Then
        assertThat(backoff.mayTry("a", 0)).isTrue();
    }
}
