// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PixelBudgetTest {

    private static final ImageHeader MEGAPIXEL = header(1_000, 1_000, 8);

    private final PixelBudget budget = new PixelBudget(7_000_000);

    @Test
    void holdsBackWhatDoesNotFitUntilOthersAreGone() throws Exception {
        // Given: two of three million bytes each.
        PixelBudget.Share one = budget.take(MEGAPIXEL);
        PixelBudget.Share other = budget.take(MEGAPIXEL);

        // When
        var third = CompletableFuture.supplyAsync(() -> budget.take(MEGAPIXEL));

        // Then
        assertThat(third).isNotDone();
        one.close();
        third.get(10, TimeUnit.SECONDS).close();
        other.close();
    }

    @Test
    void letsAnImageLargerThanAllInAlone() throws Exception {
        // Given
        PixelBudget.Share huge = budget.take(header(10_000, 10_000, 8));

        // When
        var small = CompletableFuture.supplyAsync(() -> budget.take(header(16, 16, 8)));

        // Then
        assertThat(small).isNotDone();
        huge.close();
        small.get(10, TimeUnit.SECONDS).close();
    }

    @Test
    void countsDeepSamplesAsDecodedAndAsConverted() {
        assertThat(PixelBudget.bytesOf(MEGAPIXEL)).isEqualTo(3_000_000);
        assertThat(PixelBudget.bytesOf(header(1_000, 1_000, 16))).isEqualTo(9_000_000);
    }

    @Test
    void givesUpWhenInterrupted() {
        // Given
        Thread.currentThread().interrupt();

        // Then
        assertThatThrownBy(() -> budget.take(MEGAPIXEL)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static ImageHeader header(int width, int height, int bits) {
        return new ImageHeader(ImageFormat.PNG, width, height, bits);
    }
}
