// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is hidden stays hidden, in every kind of backbone. */
class MaskedAutoencoderTest {

    private static final int SIDE = 128;
    private static final int PATCHES = 4;
    private static final float[] SEEN = {1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0};

    private final Random random = new Random(4);

    @ParameterizedTest
    @EnumSource(Backbone.Deep.class)
    void hiddenPixelsTouchNothingButTheirTarget(Backbone.Deep deep) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            // Given
            Layout layout = Layout.tiny(deep, true);
            Weights weights = shaken(layout);
            Visibility visibility = visibility(layout);
            MaskedAutoencoder network = new MaskedAutoencoder(layout);
            float[] pixels = drawn(3 * SIDE * SIDE);
            float[] otherHidden = pixels.clone();
            float[] otherSeen = pixels.clone();
            repaint(otherHidden, 0);
            repaint(otherSeen, 1);

            // When
            ImageTower tower = new ImageTower(layout);
            float[] features = values(tower.features(weights, picture(pixels), visibility));
            float[] same = values(tower.features(weights, picture(otherHidden), visibility));
            float[] other = values(tower.features(weights, picture(otherSeen), visibility));
            Tensor painted = network.paint(weights, picture(pixels), visibility);
            Tensor paintedSame = network.paint(weights, picture(otherHidden), visibility);

            // Then
            assertThat(same).isEqualTo(features);
            assertThat(other).isNotEqualTo(features);
            assertThat(values(paintedSame)).isEqualTo(values(painted));
            assertThat(loss(network, painted, otherSeen, visibility))
                    .isEqualTo(loss(network, painted, pixels, visibility));
            assertThat(loss(network, painted, otherHidden, visibility))
                    .isNotEqualTo(loss(network, painted, pixels, visibility));
        }
    }

    @ParameterizedTest
    @EnumSource(Backbone.Deep.class)
    void hiddenPositionsAreZeroInTheFeatures(Backbone.Deep deep) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            // Given
            Layout layout = Layout.tiny(deep, true);

            // When
            float[] features =
                    values(
                            new ImageTower(layout)
                                    .features(
                                            shaken(layout),
                                            picture(drawn(3 * SIDE * SIDE)),
                                            visibility(layout)));

            // Then
            int channels = features.length / SEEN.length;
            for (int position = 0; position < SEEN.length; position++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += Math.abs(features[position * channels + c]);
                }
                assertThat(sum > 0).as("position %d", position).isEqualTo(SEEN[position] == 1);
            }
        }
    }

    @Test
    void aPictureCutIntoPatchesGoesTogetherAgain() {
        try (PointerScope _ = new PointerScope()) {
            // Given
            MaskedAutoencoder network =
                    new MaskedAutoencoder(Layout.tiny(Backbone.Deep.CONV, true));
            float[] pixels = drawn(3 * SIDE * SIDE);

            // When
            Tensor patches = network.patches(picture(pixels));

            // Then
            assertThat(patches.size(1)).isEqualTo(SEEN.length);
            assertThat(values(network.picture(patches))).isEqualTo(pixels);
            assertThat(values(patches)[0]).isEqualTo(pixels[0]);
            assertThat(values(patches)[1]).isEqualTo(pixels[SIDE * SIDE]);
        }
    }

    private static Visibility visibility(Layout layout) {
        return Visibility.of(SEEN, 1, PATCHES, layout.stages());
    }

    /** Random weights in which nothing is zero, so that no path is shut. */
    private Weights shaken(Layout layout) {
        float[] weights = Weights.initial(layout, 2);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += 0.05f * (float) random.nextGaussian();
        }
        return new Weights(layout, Tensor.create(weights, weights.length));
    }

    private float[] drawn(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Draws the pixels of all hidden or of all seen patches anew. */
    private void repaint(float[] pixels, float seen) {
        int stride = SIDE / PATCHES;
        for (int i = 0; i < pixels.length; i++) {
            int y = i / SIDE % SIDE / stride;
            int x = i % SIDE / stride;
            if (SEEN[y * PATCHES + x] == seen) {
                pixels[i] = (float) random.nextGaussian();
            }
        }
    }

    private static Tensor picture(float[] pixels) {
        return Tensor.create(pixels, 1, 3, SIDE, SIDE);
    }

    private static float loss(
            MaskedAutoencoder network, Tensor painted, float[] pixels, Visibility visibility) {
        return network.loss(painted, picture(pixels), visibility).item_float();
    }

    private static float[] values(Tensor tensor) {
        Tensor plain = tensor.contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        new FloatPointer(plain.data_ptr()).get(values);
        return values;
    }
}
