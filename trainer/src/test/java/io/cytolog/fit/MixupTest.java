// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two cells in a picture. */
class MixupTest {

    private static final Offset<Float> EXACT = within(1e-6f);

    @BeforeAll
    static void load() {
        LibTorch.ready(1);
    }

    @Test
    void picturesAndTargetsAreBlendedInTheSameShares() {
        // Given: two cells and an outlier
        Mixup mixup = new Mixup(new int[] {1, 1}, new float[] {0.75f, 0.6f});
        float[] pictures = new float[3 * 3 * 2 * 2];
        Arrays.fill(pictures, 0, 12, 4);
        Arrays.fill(pictures, 12, 24, 8);
        Arrays.fill(pictures, 24, 36, 16);

        // When
        float[] blended;
        try (Tensor given = Tensors.of(pictures, 3, 3, 2, 2);
                Tensor mixed = mixup.over(given)) {
            blended = Tensors.values(mixed);
        }
        float[] rows = mixup.over(new float[] {1, 0, 0, 1}, 2);

        // Then
        assertThat(Arrays.copyOf(blended, 12)).containsOnly(new float[] {5}, EXACT);
        assertThat(Arrays.copyOfRange(blended, 12, 24)).containsOnly(new float[] {8}, EXACT);
        assertThat(Arrays.copyOfRange(blended, 24, 36)).containsOnly(new float[] {16}, EXACT);
        assertThat(rows).containsExactly(new float[] {0.75f, 0.25f, 0, 1}, EXACT);
    }

    @Test
    void theFirstCellHasAtLeastHalfAndSharesFollowBeta() {
        Mixup strong = Mixup.drawn(20_000, 1, new Random(1));
        Mixup weak = Mixup.drawn(20_000, 0.2, new Random(1));

        for (float share : strong.shares()) {
            assertThat(share).isBetween(0.5f, 1f);
        }
        // Of Beta(1, 1), which is even, the larger share is 3/4 on average.
        assertThat(mean(strong.shares())).isCloseTo(0.75, within(0.01));
        // E|2x - 1| of Beta(a, a) is 4^(1 - a) / (2 a B(a, a)); for 0.2 the share comes to 0.899.
        assertThat(mean(weak.shares())).isCloseTo(0.899, within(0.01));
        assertThat(mean(Mixup.drawn(1_000, 1e-6, new Random(1)).shares()))
                .isCloseTo(1, within(1e-3));
        assertThat(Arrays.stream(strong.partners()))
                .allMatch(partner -> partner >= 0 && partner < 20_000);
        // Of n draws among n, all but one in e are different.
        assertThat(Arrays.stream(strong.partners()).distinct().count()).isBetween(12_300L, 13_000L);
    }

    @Test
    void theSameSourceDrawsTheSame() {
        Mixup one = Mixup.drawn(48, 0.4, new Random(5));
        Mixup again = Mixup.drawn(48, 0.4, new Random(5));

        assertThat(one.partners()).containsExactly(again.partners());
        assertThat(one.shares()).containsExactly(again.shares());
    }

    @Test
    void aSentenceOfTheSecondCellHoldsForItsShareAndIsOpen() {
        // Given three cells; of the third, nobody knows whether the first one's sentence holds
        float[] positives = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        float[] barred = {0, 0, 0, 0, 0, -1e4f, -1e4f, 0, 0};
        float[] one = {1, 1, 1};
        Targets targets = new Targets(one, one, positives, barred, one, one);

        // When the first is mixed with the third, the second and the third with themselves
        Targets mixed =
                targets.mixed(new Mixup(new int[] {2, 1, 2}, new float[] {0.8f, 0.5f, 0.7f}));

        // Then
        assertThat(mixed.positives())
                .containsExactly(new float[] {0.8f, 0, 0.2f, 0, 1, 0, 0, 0, 1}, EXACT);
        assertThat(mixed.barred())
                .containsExactly(new float[] {0, 0, 0, 0, 0, -1e4f, -1e4f, 0, 0}, EXACT);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
