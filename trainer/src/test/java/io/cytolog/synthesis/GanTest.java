// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.fit.Tensors;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The game on drawn pictures and the smallest shape; says nothing about beauty. */
class GanTest {

    private static final GanShape SHAPE = new GanShape(List.of(8, 8), 2);
    private static final GanPlan PLAN = new GanPlan(5, 4, 6, 1e-3, 1, 2, 0.9);

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void oneThread() {
        openblas.blas_set_num_threads(1);
        torch.set_num_threads(1);
    }

    @Test
    void relativisticLossIsSymmetricAndFallsWithTheLead() {
        try (PointerScope _ = new PointerScope()) {
            Tensor high = Tensors.of(new float[] {2, 2}, 2);
            Tensor low = Tensors.of(new float[] {-1, -1}, 2);
            double ahead = GanLoss.relativistic(high, low).item_float();
            double behind = GanLoss.relativistic(low, high).item_float();
            assertThat(ahead).isCloseTo(Math.log(1 + Math.exp(-3)), within(1e-5));
            assertThat(behind - ahead).isCloseTo(3, within(1e-5));
            assertThat(GanLoss.relativistic(high, high).item_float())
                    .isCloseTo((float) Math.log(2), within(1e-5f));
        }
    }

    @Test
    void penaltyIsTheSquaredSlopeAndItselfHasOne() {
        try (PointerScope _ = new PointerScope()) {
            // Given: said = w * sum(x^2), so its slope is 2 w x and the penalty 4 w^2 sum(x^2) / n
            Tensor x = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2).set_requires_grad(true);
            Tensor w = Tensors.of(new float[] {0.5f}, 1).set_requires_grad(true);
            Tensor said = x.square().sum(1).mul(w);

            // When
            Tensor penalty = GanLoss.penalty(said, x);
            penalty.backward();

            // Then: its own slope by w is 8 w sum(x^2) / n
            assertThat(penalty.item_float()).isCloseTo(4 * 0.25f * 30 / 2, within(1e-4f));
            assertThat(w.grad().item_float()).isCloseTo(8 * 0.5f * 30 / 2, within(1e-4f));
        }
    }

    @Test
    void penaltyOfTheDiscriminatorAgreesWithFiniteDifferences() {
        try (PointerScope _ = new PointerScope()) {
            // Given
            float[] flat = Weights.initial(SHAPE.discriminator(), 3);
            Random random = new Random(1);
            for (int i = 0; i < flat.length; i++) {
                flat[i] += (float) (0.1 * random.nextGaussian());
            }
            Tensor weights = exact(flat, flat.length).set_requires_grad(true);

            // When
            penalty(weights).backward();

            // Then: along a random direction, so close that no activation changes its side
            float[] direction = new float[flat.length];
            for (int i = 0; i < direction.length; i++) {
                direction[i] = (float) random.nextGaussian();
            }
            Tensor along = exact(direction, direction.length);
            double slope = weights.grad().mul(along).sum().item_double();
            double step = 1e-7;
            Tensor plain = weights.detach();
            double up = penalty(plain.add(along.mul(new Scalar(step)))).item_double();
            double down = penalty(plain.sub(along.mul(new Scalar(step)))).item_double();
            assertThat((up - down) / (2 * step)).isCloseTo(slope, within(1e-3 * Math.abs(slope)));
        }
    }

    private static Tensor exact(float[] values, long... shape) {
        return Tensors.of(values, shape).to(torch.ScalarType.Double);
    }

    private static Tensor penalty(Tensor weights) {
        float[] pixels = new float[8 * 3 * 8 * 8];
        Random random = new Random(9);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        Tensor x = exact(pixels, 8, 3, 8, 8).set_requires_grad(true);
        Tensor said =
                new Adversaries(SHAPE)
                        .judge(
                                new Weights(SHAPE.discriminator(), weights),
                                x,
                                GanTrainer.places(new int[] {0, 0, 0, 0, 1, 1, 1, 1}));
        return GanLoss.penalty(said, x);
    }

    @Test
    void discriminatorSeesThatAllCellsOfASetAreOne() {
        try (PointerScope _ = new PointerScope()) {
            // Given: a set of one picture four times, and that picture among three others
            float[] one = noise(1, 4);
            float[] alike = new float[4 * one.length];
            float[] varied = noise(4, 5);
            System.arraycopy(one, 0, varied, 0, one.length);
            for (int i = 0; i < 4; i++) {
                System.arraycopy(one, 0, alike, i * one.length, one.length);
            }

            // When
            float ofAlike = said(alike)[0];
            float ofVaried = said(varied)[0];

            // Then
            assertThat(ofVaried).isNotCloseTo(ofAlike, within(1e-3f));
        }
    }

    private static float[] noise(int pictures, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[pictures * 3 * 8 * 8];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    private static float[] said(float[] pixels) {
        float[] flat = Weights.initial(SHAPE.discriminator(), 3);
        Tensor weights = Tensors.of(flat, flat.length);
        return Tensors.values(
                new Adversaries(SHAPE)
                        .judge(
                                new Weights(SHAPE.discriminator(), weights),
                                Tensors.of(pixels, 4, 3, 8, 8),
                                GanTrainer.places(new int[4])));
    }

    @Test
    void tellsHowMuchDrawnCellsDiffer() {
        try (GanTrainer trainer = trainer(GanCheckpoint.fresh(SHAPE, 1, "test"))) {
            trainer.run(
                    (step, loss, right, variety) -> assertThat(variety).isFinite().isPositive(),
                    () -> false);
            assertThat(trainer.finished()).isTrue();
        }
    }

    @Test
    void resumedTrainingEqualsUninterrupted() throws Exception {
        // Given
        float[] whole = train(GanCheckpoint.fresh(SHAPE, 1, "test"), 99);

        // When
        Path file = folder.resolve("gan.bin");
        try (GanTrainer first = trainer(GanCheckpoint.fresh(SHAPE, 1, "test"))) {
            int[] done = {0};
            first.run((step, loss, right, variety) -> done[0] = step, () -> done[0] >= 3);
            first.checkpoint("test").write(file);
        }
        float[] resumed = train(GanCheckpoint.read(file, SHAPE), 99);

        // Then
        assertThat(resumed).isEqualTo(whole);
        assertThat(whole).isNotEqualTo(Weights.initial(SHAPE.generator(), 1));
        assertThatThrownBy(() -> GanCheckpoint.read(file, new GanShape(List.of(8, 16), 2)))
                .hasMessageContaining("another shape");
    }

    @Test
    void drawsTheSameCellsAgain() {
        float[] weights = Weights.initial(SHAPE.generator(), 1);
        try (CellGenerator generator = new CellGenerator(SHAPE, weights)) {
            List<CellPixels> once = generator.draw(1, 3, 7);
            List<CellPixels> again = generator.draw(1, 3, 7);
            List<CellPixels> others = generator.draw(0, 3, 7);
            assertThat(once).hasSize(3);
            assertThat(again.get(2).rgb()).isEqualTo(once.get(2).rgb());
            assertThat(others.get(2).rgb()).isNotEqualTo(once.get(2).rgb());
        }
    }

    @Test
    void augmentationRisesOnlyWhenTheDiscriminatorOverfits() {
        CellAugmenter augmenter = new CellAugmenter(0.2);
        augmenter.saw(0.95, 500);
        assertThat(augmenter.probability()).isCloseTo(0.21, within(1e-9));
        augmenter.saw(0.5, 500);
        assertThat(augmenter.probability()).isCloseTo(0.2, within(1e-9));
    }

    private static float[] train(GanCheckpoint from, int most) {
        try (GanTrainer trainer = trainer(from)) {
            int[] done = {0};
            trainer.run((step, loss, right, variety) -> done[0] = step, () -> done[0] >= most);
            assertThat(trainer.finished()).isTrue();
            return trainer.checkpoint("test").averageGenerator();
        }
    }

    private static GanTrainer trainer(GanCheckpoint from) {
        List<CellPixels> cells = new ArrayList<>();
        int[] classes = new int[8];
        for (int i = 0; i < classes.length; i++) {
            byte[] rgb = new byte[8 * 8 * 3];
            Arrays.fill(rgb, (byte) (i % 2 == 0 ? 40 : 200));
            cells.add(new CellPixels(8, rgb));
            classes[i] = i % 2;
        }
        return new GanTrainer(SHAPE, PLAN, cells, classes, from);
    }
}
