// Licensed under the Apache License, Version 2.0.
package io.cytolog.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.export.OutlineGraph;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.OutlineTrainer;
import io.cytolog.fit.OutlinedPicture;
import io.cytolog.image.Recipe;
import io.cytolog.measure.Quantity;
import io.cytolog.measure.Silhouette;
import io.cytolog.network.OutlineTower;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxMeasurementHead;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rendered pictures with their truth, and a head taught on some. */
class MeasurementHeadTest {

    private static final Recipe RECIPE = new Recipe(64, 288, 1.6, 2.0, 8);
    private static final int MAP = 32;

    private final KnownPictures known = new KnownPictures(RECIPE);

    @BeforeAll
    static void oneThread() {
        openblas.blas_set_num_threads(1);
        torch.set_num_threads(1);
    }

    @Test
    void perfectMapsGiveTheTruth() {
        // Given: the known outlines themselves, averaged to the map's side
        for (KnownPicture picture : List.of(known.cell(3), known.cell(4), known.phantom(5))) {
            Silhouette seen =
                    Silhouette.of(
                            halved(picture.picture().body()),
                            halved(picture.picture().nucleus()),
                            MAP);

            // When
            double scale = picture.sourcePixels() * OutlineTower.STRIDE;

            // Then
            picture.truth()
                    .forEach(
                            (quantity, truth) -> {
                                double value =
                                        seen.values().get(quantity)
                                                * Math.pow(scale, quantity.dimension());
                                assertThat(value)
                                        .as("%s of %s", quantity, picture.subject())
                                        .isCloseTo(truth, within(0.06 * truth));
                            });
        }
    }

    @Test
    void aTaughtHeadMeasuresCellsItDidNotSee() throws Exception {
        // Given
        List<OutlinedPicture> shown =
                known.mixed(0, 96, done -> {}).stream().map(KnownPicture::picture).toList();
        FitPlan plan = FitPlan.outlining(1, 60);
        float[] weights;
        try (OutlineTrainer trainer =
                new OutlineTrainer(shown, plan, OutlineTrainer.start(1, "test"))) {
            trainer.run((done, steps, loss) -> assertThat(loss).isFinite(), () -> false);
            weights = trainer.checkpoint().average();
        }

        // When
        byte[] model = OutlineGraph.of(weights, RECIPE.inputSide());
        try (OnnxMeasurementHead head =
                OnnxMeasurementHead.open(
                        model, RECIPE.inputSide(), MAP, 8, new InferenceThreads(1))) {
            List<KnownPicture> others = known.mixed(50_000, 40, done -> {});
            HeadCheck check = HeadCheck.of(others, head::outline, OutlineTower.STRIDE);

            // Then: far from what a full training gives, and far from chance
            double[] sizes =
                    Arrays.stream(check.quotients().get(Quantity.CELL_AREA))
                            .map(q -> Math.abs(1 / q - 1))
                            .sorted()
                            .toArray();
            assertThat(check.refused()).isLessThan(8);
            assertThat(sizes[sizes.length / 2]).isLessThan(0.15);

            // and ONNX Runtime outlines what LibTorch outlines
            OutlinedPicture picture = others.getFirst().picture();
            float[] maps = OutlineTrainer.probabilities(weights, picture);
            Silhouette expected =
                    Silhouette.of(
                            Arrays.copyOfRange(maps, 0, MAP * MAP),
                            Arrays.copyOfRange(maps, MAP * MAP, 2 * MAP * MAP),
                            MAP);
            double area = expected.body().area();
            assertThat(head.areas(picture.pixels()).cell()).isCloseTo(area, within(0.01 * area));
        }
    }

    private static float[] halved(byte[] shares) {
        float[] map = new float[MAP * MAP];
        for (int i = 0; i < map.length; i++) {
            int at = i / MAP * 4 * MAP + i % MAP * 2;
            map[i] =
                    (Byte.toUnsignedInt(shares[at])
                                    + Byte.toUnsignedInt(shares[at + 1])
                                    + Byte.toUnsignedInt(shares[at + 2 * MAP])
                                    + Byte.toUnsignedInt(shares[at + 2 * MAP + 1]))
                            / 1020f;
        }
        return map;
    }
}
