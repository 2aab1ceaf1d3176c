// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients that layers collect themselves are those that LibTorch finds. */
class DepthwiseTest {

    private static final float LARGEST_ERROR = 1e-4f;

    @ParameterizedTest
    @CsvSource({
        "40, 40", "40, 16", "80, 10", "80, 7", "48, 6", "16, 5", "160, 4", "20, 3", "320, 2", "8, 1"
    })
    void kernelsHaveTheGradientThatLibTorchFinds(long channels, long side) {
        torch.manual_seed(5);
        try (PointerScope _ = new PointerScope()) {
            // Given
            Tensor x = torch.randn(3, side, side, channels).permute(0, 3, 1, 2);
            Tensor told = torch.randn(3, side, side, channels).permute(0, 3, 1, 2);
            Tensor kernel = torch.randn(channels, 1, 7, 7).set_requires_grad(true);
            long[] one = {1, 1};
            torch.conv2d(x, kernel, new TensorOptional(), one, new long[] {3, 3}, one, channels)
                    .mul(told)
                    .sum()
                    .backward();

            // When
            Tensor gradient = Depthwise.ofKernel(told, x);

            // Then
            assertThat(furthest(gradient, kernel.grad())).isLessThan(LARGEST_ERROR);
        }
    }

    @Test
    void aTowerLearnsWhatItLearntWithoutCollecting() {
        torch.manual_seed(6);
        try (PointerScope _ = new PointerScope()) {
            // Given: 64 px, so that maps of both kinds of width occur, down to two positions
            Layout layout = Layout.atto();
            float[] values = Weights.initial(layout, 3);
            Tensor pictures = torch.randn(2, 3, 64, 64);
            Tensor asked = torch.randn(2, Layout.DIMENSIONS);
            Tensor plain = leaf(values);
            Tensor collected = leaf(values);
            ImageTower tower = new ImageTower(layout);

            // When
            Tensor expected = tower.embed(new Weights(layout, plain), pictures);
            expected.mul(asked).sum().backward();
            Tensor seen = tower.embed(Weights.learnt(layout, collected, false), pictures);
            seen.mul(asked).sum().backward();

            // Then
            assertThat(furthest(seen, expected)).isZero();
            assertThat(furthest(collected.grad(), plain.grad())).isLessThan(LARGEST_ERROR);
            Parameter kernel = layout.parameter("stage2.block3.depthwise.weight").orElseThrow();
            assertThat(length(collected.grad(), kernel))
                    .isPositive()
                    .isCloseTo(length(plain.grad(), kernel), Offset.offset(LARGEST_ERROR));
        }
    }

    private static Tensor leaf(float[] values) {
        return Tensor.create(values, values.length).set_requires_grad(true);
    }

    private static float length(Tensor flat, Parameter parameter) {
        return flat.narrow(0, parameter.offset(), parameter.size()).norm().item_float();
    }

    /** Largest difference over the largest value. */
    private static float furthest(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_float() / b.abs().max().item_float();
    }
}
