// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures of full and of smaller side through the smallest network. */
class EmbedderTest {

    private static final int SMALL = 32;

    @Test
    void aSmallerSideIsTheMeanOfPixels() {
        // Given: a small picture, and one of twice the side with blocks of its colours
        byte[] small = new byte[SMALL * SMALL * 3];
        new Random(1).nextBytes(small);
        byte[] large = new byte[small.length * 4];
        for (int y = 0; y < 2 * SMALL; y++) {
            for (int x = 0; x < 2 * SMALL; x++) {
                int from = (y / 2 * SMALL + x / 2) * 3;
                System.arraycopy(small, from, large, (y * 2 * SMALL + x) * 3, 3);
            }
        }
        float[] weights = Weights.initial(Layout.tiny(), 1);

        // When
        float[] whole;
        float[] reduced;
        try (Embedder embedder = new Embedder(Layout.tiny(), weights)) {
            whole = embedder.images(List.of(new CellPixels(SMALL, small))).getFirst();
            reduced = embedder.images(List.of(new CellPixels(2 * SMALL, large)), SMALL).getFirst();
        }

        // Then
        assertThat(reduced).hasSameSizeAs(whole);
        for (int i = 0; i < whole.length; i++) {
            assertThat(reduced[i]).isCloseTo(whole[i], within(1e-4f));
        }
    }
}
