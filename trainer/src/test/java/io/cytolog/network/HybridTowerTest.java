// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layouts and blocks of the backbones. */
class HybridTowerTest {

    private static final long ATTO_SIZE = 3_798_025;
    private static final int ATTO_SEED_1 = 86_586_748;
    private static final int ATTO_NAMES = -892_171_352;

    @Test
    void theShippedNetworkKeepsItsVector() {
        // Given
        Layout layout = Layout.atto();
        float[] weights = Weights.initial(layout, 1);

        // Then: of the release that was trained with seed 1 before there were other backbones,
        // and one weight behind it, which came later
        List<Parameter> first = layout.parameters().subList(0, layout.parameters().size() - 1);
        assertThat(layout.parameters().getLast().name()).isEqualTo(Layout.LOGIT_BIAS);
        assertThat(layout.size()).isEqualTo(ATTO_SIZE + 1);
        assertThat(layout.encoderName()).isEqualTo("convnextv2-atto-minilm");
        float[] former = Arrays.copyOf(weights, Math.toIntExact(ATTO_SIZE));
        assertThat(Arrays.hashCode(former)).isEqualTo(ATTO_SEED_1);
        String names = first.stream().map(Parameter::name).toList().toString();
        assertThat(names.hashCode()).isEqualTo(ATTO_NAMES);
    }

    @Test
    void publishedSizesHaveTheirPublishedNumberOfWeights() {
        // Given: millions without a classifier, from the code of Woo et al. 2023
        assertThat(trunk("atto")).isCloseTo(3.39, within(0.02));
        assertThat(trunk("femto")).isCloseTo(4.85, within(0.02));
        assertThat(trunk("pico")).isCloseTo(8.55, within(0.02));
        assertThat(trunk("nano")).isCloseTo(14.98, within(0.04));
        assertThat(trunk("tiny")).isCloseTo(27.87, within(0.05));
        assertThat(Backbone.named("huge")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Backbone.Deep.class)
    void embedsMapsOfEverySideToUnitLength(Backbone.Deep deep) {
        // Given
        Layout layout = Layout.tiny(deep, false);
        float[] weights = Weights.initial(layout, 3);
        for (int side : new int[] {32, 64, 96, 128, 160}) {
            // When
            float[] embedded = embed(layout, weights, side);

            // Then
            double length = 0;
            for (float value : embedded) {
                length += value * value;
            }
            assertThat(length).isCloseTo(2, within(1e-4));
        }
    }

    @Test
    void aGateStartsAllButClosed() {
        // Given: the same convolutions, without and with gated attention
        Layout gated = Layout.tiny(Backbone.Deep.WPAT, false);
        Layout plain = Layout.tiny(Backbone.Deep.CONV, false);
        float[] weights = Weights.initial(gated, 5);
        Random random = new Random(6);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += 0.1f * (float) random.nextGaussian();
        }
        for (Parameter parameter : gated.parameters()) {
            if (parameter.name().contains(".gate.")) {
                fill(weights, parameter, parameter.name().endsWith("bias") ? -4 : 0);
            }
        }

        // When
        float[] with = embed(gated, weights, 128);
        float[] without = embed(plain, shared(gated, weights, plain), 128);
        for (Parameter parameter : gated.parameters()) {
            if (parameter.name().endsWith(".gate.bias")) {
                fill(weights, parameter, 4);
            }
        }
        float[] open = embed(gated, weights, 128);

        // Then
        assertThat(apart(with, without)).isPositive().isLessThan(0.05);
        assertThat(apart(open, without)).isGreaterThan(5 * apart(with, without));
    }

    private static double trunk(String name) {
        return Layout.of(Backbone.named(name).orElseThrow()).trunkSize() / 1e6;
    }

    private static void fill(float[] weights, Parameter parameter, float value) {
        int from = Math.toIntExact(parameter.offset());
        Arrays.fill(weights, from, from + Math.toIntExact(parameter.size()), value);
    }

    private static float[] shared(Layout from, float[] weights, Layout to) {
        float[] shared = new float[Math.toIntExact(to.size())];
        for (Parameter parameter : to.parameters()) {
            Parameter source = from.parameter(parameter.name()).orElseThrow();
            System.arraycopy(
                    weights,
                    Math.toIntExact(source.offset()),
                    shared,
                    Math.toIntExact(parameter.offset()),
                    Math.toIntExact(parameter.size()));
        }
        return shared;
    }

    private static double apart(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** Of two drawn pictures. */
    private static float[] embed(Layout layout, float[] weights, int side) {
        float[] pixels = new float[2 * 3 * side * side];
        Random random = new Random(9);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor flat = Tensor.create(weights, weights.length);
            Tensor pictures = Tensor.create(pixels, 2, 3, side, side);
            Tensor embedded =
                    new ImageTower(layout).embed(new Weights(layout, flat), pictures).contiguous();
            float[] values = new float[2 * Layout.DIMENSIONS];
            new FloatPointer(embedded.data_ptr()).get(values);
            return values;
        }
    }
}
