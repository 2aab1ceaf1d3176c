// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.image.CellPixels;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop of pre-training on drawn pictures; says nothing about what a trunk is worth. */
class PretrainerTest {

    private static final int SIDE = 128;
    private static final FitPlan PLAN = plan(12);
    private static final Layout LAYOUT = Layout.tiny(Backbone.Deep.SWIN, true);

    private final List<CellPixels> pictures = pictures();

    @BeforeAll
    static void oneThread() {
        openblas.blas_set_num_threads(1);
    }

    @Test
    void resumedPretrainingEqualsUninterrupted(@TempDir Path folder) throws Exception {
        // Given
        float[] whole = run(start(), 2, 12).average();

        // When
        Path file = folder.resolve("checkpoint.bin");
        run(start(), 2, 5).write(file);
        Checkpoint resumed = run(Checkpoint.read(file), 2, 12);

        // Then
        assertThat(resumed.average()).isEqualTo(whole);
        assertThat(resumed.steps()).isEqualTo(12);
    }

    @Test
    void theNumberOfThreadsChangesRoundingOnly() {
        // When
        float[] one = run(start(), 1, 3).weights();
        float[] two = run(start(), 2, 3).weights();

        // Then
        double worst = 0;
        for (int i = 0; i < one.length; i++) {
            worst = Math.max(worst, Math.abs(one[i] - two[i]));
        }
        assertThat(worst).isLessThan(2e-3);
    }

    @Test
    void learnsToFillInWhatIsTheSameEverywhere() {
        // Given
        List<Double> losses = new ArrayList<>();
        FitPlan plan = plan(60);

        // When
        try (Pretrainer trainer = new Pretrainer(LAYOUT, pictures, plan, start(), 1)) {
            trainer.run((done, steps, loss) -> losses.add(loss), () -> false);
        }

        // Then: 1 is what a constant guess costs
        assertThat(losses.getFirst()).isGreaterThan(0.9);
        assertThat(losses.getLast()).isLessThan(0.7 * losses.getFirst());
    }

    @Test
    void sixPatchesInTenAreHidden() {
        // When
        float[] seen = MaskedBatch.seen(500, 16, new Random(1));

        // Then
        double[] byPatch = new double[16];
        for (int i = 0; i < 500; i++) {
            double sum = 0;
            for (int p = 0; p < 16; p++) {
                sum += seen[i * 16 + p];
                byPatch[p] += seen[i * 16 + p] / 500;
            }
            assertThat(sum).isEqualTo(6);
        }
        assertThat(Arrays.stream(byPatch).min().orElseThrow()).isCloseTo(0.375, within(0.1));
        assertThat(Arrays.stream(byPatch).max().orElseThrow()).isCloseTo(0.375, within(0.1));
    }

    @Test
    void aTrunkGoesIntoTheSameBackboneOnly(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("pretrained.bin");
        Checkpoint done = run(start(), 1, 2);
        Pretrained.of("test", LAYOUT, done).write(file);
        Layout both = Layout.tiny(Backbone.Deep.SWIN, false);

        // When
        Checkpoint nothing = Checkpoint.starting(Weights.initial(both, 9), "train");
        Checkpoint first = Pretrained.read(file).start(both, nothing);

        // Then: the trunk from there, the rest from the seed
        int trunk = Math.toIntExact(both.trunkSize());
        float[] drawn = Weights.initial(both, 9);
        assertThat(Arrays.copyOf(first.weights(), trunk))
                .isEqualTo(Arrays.copyOf(done.average(), trunk));
        assertThat(Arrays.copyOfRange(first.weights(), trunk, drawn.length))
                .isEqualTo(Arrays.copyOfRange(drawn, trunk, drawn.length));
        assertThatThrownBy(
                        () ->
                                Pretrained.read(file)
                                        .start(Layout.tiny(Backbone.Deep.CONV, false), nothing))
                .hasMessageContaining("does not fit");
    }

    @Test
    void drawsThreeColumns() {
        // When
        BufferedImage drawn =
                Reconstructions.draw(LAYOUT, Weights.initial(LAYOUT, 1), pictures.subList(0, 2), 1);

        // Then: the first column is the cell itself
        int first = pictures.getFirst().rgb()[0] & 0xff;
        assertThat(drawn.getWidth()).isEqualTo(3 * SIDE + 8);
        assertThat(drawn.getRGB(0, 0) >> 16 & 0xff).isCloseTo(first, within(1));
    }

    private static Checkpoint start() {
        return Pretrainer.fresh(LAYOUT, 3, "test");
    }

    private Checkpoint run(Checkpoint from, int threads, int until) {
        try (Pretrainer trainer = new Pretrainer(LAYOUT, pictures, PLAN, from, threads)) {
            int[] done = {from.steps()};
            trainer.run((step, steps, loss) -> done[0] = step, () -> done[0] >= until);
            return trainer.checkpoint();
        }
    }

    /** Stripes of some widths, which a hidden patch shares with its neighbours. */
    private static List<CellPixels> pictures() {
        List<CellPixels> pictures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] rgb = new byte[SIDE * SIDE * 3];
            for (int p = 0; p < rgb.length; p++) {
                int x = p / 3 % SIDE;
                rgb[p] = (byte) (128 + 100 * Math.sin(x * 0.2 + p % 3));
            }
            pictures.add(new CellPixels(SIDE, rgb));
        }
        return pictures;
    }

    private static FitPlan plan(int epochs) {
        return new FitPlan(
                3,
                8,
                epochs,
                3e-3,
                2,
                0.05,
                0,
                0.9,
                Sides.FULL,
                Ramp.FULL,
                0,
                Precision.FLOAT32,
                Optimiser.ADAMW,
                Aims.STANDARD);
    }
}
