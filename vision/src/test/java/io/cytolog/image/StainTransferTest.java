// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

/** Colours that are brought to a target, and clip limits of a cell's own. */
class StainTransferTest {

    private static final StainTarget TARGET =
            new StainTarget(List.of(160.0, 140.0, 118.0), List.of(30.0, 8.0, 7.0));

    @Test
    void bringsColoursToTheTarget() {
        try (Mat bgr = noise(150, 120, 170, 20)) {
            // When
            StainTransfer.apply(bgr, TARGET);

            // Then: the way there and back through 8 bits costs a little
            StainTransfer.Colours seen = StainTransfer.measure(bgr).orElseThrow();
            for (int c = 0; c < 3; c++) {
                assertThat(seen.means()[c]).isCloseTo(TARGET.means().get(c), within(2.5));
            }
            assertThat(seen.deviations()[0]).isCloseTo(30, within(3.0));
        }
    }

    @Test
    void leavesTheBlackAroundACellBlackAndOutOfTheMeasure() {
        try (Mat bgr = noise(150, 120, 170, 20);
                Mat whole = bgr.clone()) {
            // Given: half of it is cut away
            try (UByteIndexer pixels = bgr.createIndexer()) {
                for (int y = 0; y < 64; y++) {
                    for (int x = 0; x < 32; x++) {
                        pixels.put(y, x, 0, 0);
                        pixels.put(y, x, 1, 0);
                        pixels.put(y, x, 2, 0);
                    }
                }
            }

            // When
            double all = StainTransfer.measure(whole).orElseThrow().means()[0];
            double half = StainTransfer.measure(bgr).orElseThrow().means()[0];
            StainTransfer.apply(bgr, TARGET);

            // Then
            assertThat(half).isCloseTo(all, within(2.0));
            try (UByteIndexer pixels = bgr.createIndexer()) {
                assertThat(pixels.get(10, 10, 1)).isLessThan(3);
            }
        }
    }

    @Test
    void leavesWhatIsNearlyAllBlackAlone() {
        try (Mat bgr = new Mat(64, 64, CV_8UC3, new Scalar(0, 0, 0, 0))) {
            assertThat(StainTransfer.measure(bgr)).isEmpty();
            StainTransfer.apply(bgr, TARGET);
            try (UByteIndexer pixels = bgr.createIndexer()) {
                assertThat(pixels.get(5, 5, 2)).isZero();
            }
        }
    }

    @Test
    void spreadsAFlatPictureNoFurtherThanItsBound() {
        try (Mat bgr = new Mat(64, 64, CV_8UC3, new Scalar(150, 120, 170, 0))) {
            StainTransfer.apply(bgr, TARGET);
            StainTransfer.Colours seen = StainTransfer.measure(bgr).orElseThrow();
            assertThat(seen.means()[0]).isCloseTo(160, within(2.5));
            assertThat(seen.deviations()[0]).isLessThan(1);
        }
    }

    @Test
    void clipLimitFallsWithTheSpanOfLightness() {
        assertThat(limit(120, 130)).isEqualTo(4);
        assertThat(limit(60, 190)).isBetween(2.3, 2.7);
        assertThat(limit(10, 245)).isEqualTo(1);
    }

    @Test
    void refusesATargetOutOfBounds() {
        assertThatThrownBy(() -> new StainTarget(List.of(1.0), List.of(1.0)))
                .hasMessageContaining("three means");
        assertThatThrownBy(() -> new StainTarget(List.of(1.0, 1.0, 1.0), List.of(1.0, 0.0, 1.0)))
                .hasMessageContaining("above 0");
    }

    /** Half of the pixels dark, half light. */
    private static double limit(int dark, int light) {
        try (Mat lightness = new Mat(64, 64, CV_8UC1);
                UByteIndexer pixels = lightness.createIndexer()) {
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    pixels.put(y, x, x < 32 ? dark : light);
                }
            }
            return RecipeRunner.clipLimit(lightness, 4);
        }
    }

    private static Mat noise(int blue, int green, int red, int deviation) {
        Random random = new Random(5);
        Mat bgr = new Mat(64, 64, CV_8UC3);
        try (UByteIndexer pixels = bgr.createIndexer()) {
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    double shared = deviation * random.nextGaussian();
                    int[] means = {blue, green, red};
                    for (int c = 0; c < 3; c++) {
                        double value = means[c] + shared + 0.3 * deviation * random.nextGaussian();
                        pixels.put(y, x, c, (int) Math.clamp(value, 20, 255));
                    }
                }
            }
        }
        return bgr;
    }
}
