// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which weights Muon updates, and how. */
class MuonTest {

    private static final double RATE = 1e-3;

    @BeforeAll
    static void load() {
        LibTorch.ready(1);
    }

    @Test
    void singularValuesEndNearOneWhateverTheShape() {
        for (long[] shape : new long[][] {{160, 640}, {640, 160}, {80, 320}}) {
            for (var type : List.of(torch.ScalarType.Float, torch.ScalarType.BFloat16)) {
                assertThat(singularValues(random(1, shape[0], shape[1]), type))
                        .as("%s in %s", Arrays.toString(shape), type)
                        .allSatisfy(value -> assertThat(value).isBetween(0.6f, 1.25f));
            }
        }
    }

    @Test
    void aFewStrongDirectionsDoNotOvershootInBfloat16() {
        try (PointerScope _ = new PointerScope()) {
            // Given: twenty directions a hundred times as strong as the others
            Tensor strong = random(2, 320, 20).matmul(random(3, 20, 640));
            Tensor matrix = strong.add(random(4, 320, 640).mul(new Scalar(0.05)));

            // When
            List<Float> values = singularValues(matrix, torch.ScalarType.BFloat16);

            // Then: the strong are even, the weak are lifted and not over the strong
            assertThat(values).allSatisfy(value -> assertThat(value).isBetween(0.05f, 1.25f));
            assertThat(values.stream().filter(value -> value > 0.6f).count())
                    .isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void matricesBetweenHiddenFeaturesAreItsOwn() {
        List<String> names =
                new Muon(Layout.atto().parameters(), Precision.FLOAT32)
                        .parameters().stream().map(Parameter::name).toList();

        // 12 blocks of two, three transitions, the head
        assertThat(names)
                .hasSize(28)
                .contains(
                        "stage0.block0.expand.weight",
                        "stage3.block1.reduce.weight",
                        "down1.conv.weight",
                        "head.project.weight")
                .noneMatch(name -> name.contains("depthwise") || name.startsWith("stem"))
                .noneMatch(name -> name.startsWith("text") || name.startsWith("logit"));
    }

    @Test
    void theRestTakesWhatAdamwWouldGiveIt() {
        // Given: the smallest network, one gradient
        Layout tiny = Layout.tiny();
        float[] gradient = new float[Math.toIntExact(tiny.size())];
        Random random = new Random(5);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) random.nextGaussian() / 100;
        }

        // When
        float[] adamw = updated(tiny, gradient, Optimiser.ADAMW);
        float[] muon = updated(tiny, gradient, Optimiser.MUON);

        // Then
        float[] before = Weights.initial(tiny, 1);
        for (Parameter parameter : tiny.parameters()) {
            int from = (int) parameter.offset();
            int to = (int) (from + parameter.size());
            float[] other = Arrays.copyOfRange(adamw, from, to);
            float[] own = Arrays.copyOfRange(muon, from, to);
            if (Layout.hidden(parameter)) {
                assertThat(own).as(parameter.name()).isNotEqualTo(other);
                assertThat(moved(own, Arrays.copyOfRange(before, from, to)))
                        .as(parameter.name())
                        .isBetween(0.1 * RATE, 0.4 * RATE);
            } else {
                assertThat(own).as(parameter.name()).isEqualTo(other);
            }
        }
    }

    private static float[] updated(Layout layout, float[] gradient, Optimiser optimiser) {
        FitPlan plan = FitPlan.standard(1, 1).computedIn(Precision.FLOAT32).optimisedBy(optimiser);
        try (TrainingState state =
                        new TrainingState(layout, plan, TrainingState.fresh(layout, 1, "test"));
                PointerScope _ = new PointerScope()) {
            state.gradient().add_(Tensors.of(gradient, gradient.length));
            state.update(RATE, plan);
            return Tensors.values(state.weights());
        }
    }

    /** Root of the mean square of differences. */
    private static double moved(float[] after, float[] before) {
        double sum = 0;
        for (int i = 0; i < after.length; i++) {
            sum += Math.pow(after[i] - before[i], 2);
        }
        return Math.sqrt(sum / after.length);
    }

    /** Of the evened matrix, over what makes its updates as large as AdamW's. */
    private static List<Float> singularValues(Tensor matrix, torch.ScalarType type) {
        try (PointerScope _ = new PointerScope()) {
            Tensor even = Muon.evened(matrix.unsqueeze(0), type).select(0, 0);
            Tensor wide = even.size(0) > even.size(1) ? even.t() : even;
            Tensor squares = torch.linalg_eigvalsh(wide.matmul(wide.t()), "L");
            double size = 0.2 * Math.sqrt(Math.max(even.size(0), even.size(1)));
            float[] values = Tensors.values(squares.clamp_min(new Scalar(0)).sqrt());
            List<Float> scaled = new ArrayList<>();
            for (float value : values) {
                scaled.add((float) (value / size));
            }
            return scaled;
        }
    }

    private static Tensor random(long seed, long rows, long columns) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, rows, columns);
    }
}
