// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {

    private static final String RESPONSE = "stage0.block0.grn";
    private static final String PRODUCT = "stage0.block0.reduce";
    private static final float LARGEST_ERROR = 1e-5f;

    /** More positions than the 40 channels behind the product, and fewer. */
    @ParameterizedTest
    @ValueSource(longs = {9, 3})
    void responseAndProductAreThoseOfTheirDefinition(long side) {
        torch.manual_seed(7);
        try (PointerScope _ = new PointerScope()) {
            // Given: weights of which none is zero
            Layout layout = Layout.atto();
            Tensor values = torch.randn(layout.size()).mul(new Scalar(0.3));
            Tensor plain = values.clone().set_requires_grad(true);
            Tensor quick = values.clone().set_requires_grad(true);
            Tensor map = torch.randn(2, side, side, 160);
            Tensor plainMap = map.clone().set_requires_grad(true);
            Tensor quickMap = map.clone().set_requires_grad(true);
            Tensor asked = torch.randn(2, side, side, 40);

            // When
            Tensor expected = defined(new Weights(layout, plain), plainMap);
            expected.mul(asked).sum().backward();
            Tensor seen =
                    Layers.responseProduct(new Weights(layout, quick), RESPONSE, PRODUCT, quickMap);
            seen.mul(asked).sum().backward();

            // Then
            assertThat(furthest(seen, expected)).isLessThan(LARGEST_ERROR);
            assertThat(furthest(quickMap.grad(), plainMap.grad())).isLessThan(LARGEST_ERROR);
            assertThat(furthest(quick.grad(), plain.grad())).isLessThan(LARGEST_ERROR);
        }
    }

    /** Woo et al. 2023, then a linear layer. */
    private static Tensor defined(Weights weights, Tensor x) {
        Tensor length = x.square().sum(new long[] {1, 2}, true, null).add(new Scalar(1e-12)).sqrt();
        Tensor mean = length.mean(new long[] {-1}, true, null).add(new Scalar(Layers.EPSILON));
        Tensor answer =
                x.mul(length.div(mean))
                        .mul(weights.get(RESPONSE + ".gamma"))
                        .add(weights.get(RESPONSE + ".beta"))
                        .add(x);
        return torch.linear(
                answer,
                weights.get(PRODUCT + ".weight"),
                new TensorOptional(weights.get(PRODUCT + ".bias")));
    }

    /** Largest difference over the largest value. */
    private static float furthest(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_float() / b.abs().max().item_float();
    }
}
