// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeRunnerTest {

    private static final Recipe PLAIN = new Recipe(64, 128, 1.5, 0, 8);
    private static final Recipe EQUALISED = new Recipe(64, 128, 1.5, 2, 8);

    /** Red is x, green is y: a pixel tells where it came from. */
    private static PixelImage map(int width, int height) {
        Mat mat = new Mat(height, width, CV_8UC3);
        try (UByteIndexer pixels = mat.createIndexer()) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels.put(y, x, 0, 77);
                    pixels.put(y, x, 1, y & 0xFF);
                    pixels.put(y, x, 2, x & 0xFF);
                }
            }
        }
        return new PixelImage(mat);
    }

    private static int[] at(CellPixels cell, int x, int y) {
        int i = (y * cell.side() + x) * 3;
        return new int[] {cell.rgb()[i] & 0xFF, cell.rgb()[i + 1] & 0xFF, cell.rgb()[i + 2] & 0xFF};
    }

    @Test
    void takesTheMiddleOfACellImageInRgb() {
        try (PixelImage image = map(228, 148)) {
            // When the crop is 128 of 228 x 148, scaled to 64
            CellPixels cell = new RecipeRunner(PLAIN).cellImage(image);

            // Then the first pixel is the mean of two by two at 50,10
            assertThat(cell.side()).isEqualTo(64);
            assertThat(at(cell, 0, 0)).containsExactly(51, 11, 77);
            assertThat(at(cell, 63, 63)).containsExactly(177, 137, 77);
        }
    }

    @Test
    void takesTheWholeOfASmallCellImage() {
        try (PixelImage image = map(64, 64)) {
            CellPixels cell = new RecipeRunner(PLAIN).cellImage(image);
            assertThat(at(cell, 0, 0)).containsExactly(0, 0, 77);
            assertThat(at(cell, 63, 63)).containsExactly(63, 63, 77);
        }
    }

    @Test
    void takesContextAroundALocatedCell() {
        try (PixelImage image = map(250, 250)) {
            // Given a box of 128 / 1.5 px around 100,120
            Box box = new Box(79, 99, 43, 43);

            // When
            CellPixels cell =
                    new RecipeRunner(new Recipe(64, 128, 1.4883, 0, 8)).locatedCell(image, box);

            // Then 64 px were taken, from 68,88 on
            int[] first = at(cell, 0, 0);
            int[] last = at(cell, 63, 63);
            assertThat(last[0] - first[0]).isEqualTo(63);
            assertThat(first[0]).isBetween(68, 69);
            assertThat(first[1]).isBetween(88, 89);
        }
    }

    @Test
    void mirrorsBeyondTheEdge() {
        try (PixelImage image = map(200, 200)) {
            // Given a cell in the corner whose square begins 16 px outside
            CellPixels cell =
                    new RecipeRunner(new Recipe(64, 128, 2, 0, 8))
                            .locatedCell(image, new Box(0, 0, 32, 32));

            // Then pixel 16 is the corner, and 16 - k equals 16 + k
            assertThat(at(cell, 16, 16)).containsExactly(0, 0, 77);
            for (int k = 1; k < 16; k++) {
                assertThat(at(cell, 16 - k, 20)).isEqualTo(at(cell, 16 + k, 20));
                assertThat(at(cell, 20, 16 - k)).isEqualTo(at(cell, 20, 16 + k));
            }
        }
    }

    @Test
    void takesBoundedMemoryForABoxAsLargeAsAField() {
        try (PixelImage image = map(5000, 300)) {
            CellPixels cell =
                    new RecipeRunner(new Recipe(64, 128, 4, 0, 8))
                            .locatedCell(image, Box.whole(5000, 300));
            assertThat(cell.rgb()).hasSize(64 * 64 * 3);
        }
    }

    @Test
    void equalisesContrastOnlyWhenTheRecipeSaysSo() {
        try (PixelImage image = new PixelImage(Pictures.colour(100, 100))) {
            byte[] before = Pictures.values(image.bgr());
            CellPixels plain = new RecipeRunner(PLAIN).cellImage(image);
            CellPixels equalised = new RecipeRunner(EQUALISED).cellImage(image);
            assertThat(equalised.rgb()).isNotEqualTo(plain.rgb());
            assertThat(Pictures.values(image.bgr())).isEqualTo(before);
        }
    }

    @Test
    void givesTheSamePixelsOnEveryThread() throws Exception {
        // Given
        RecipeRunner runner = new RecipeRunner(EQUALISED);
        byte[] encoded = Pictures.png(180, 150);
        byte[] expected;
        try (PixelImage image = Pictures.decode(encoded)) {
            expected = runner.cellImage(image).rgb();
        }

        // When
        List<Future<byte[]>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 200; i++) {
                results.add(
                        pool.submit(
                                () -> {
                                    try (PixelImage image = Pictures.decode(encoded)) {
                                        return runner.cellImage(image).rgb();
                                    }
                                }));
            }
        }

        // Then
        for (Future<byte[]> result : results) {
            assertThat(Arrays.equals(result.get(), expected)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JPEG, 1000, 1000, 8, 4",
        "JPEG, 1000, 1000, 2, 2",
        "JPEG, 1000, 1000, 1, 1",
        "JPEG, 300, 255, 8, 1",
        "JPEG, 257, 256, 8, 2",
        "PNG, 1000, 1000, 8, 1"
    })
    void reducesOnlyWhereTheCropStillCoversTheInput(
            ImageFormat format, int width, int height, int allowed, int expected) {
        // Given: a crop of 512 for an input of 128.
        Recipe recipe = new Recipe(128, 512, 1.5, 0, 8, allowed);
        ImageHeader header = new ImageHeader(format, width, height, 8);

        // Then
        assertThat(recipe.reductionOf(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void takesTheSameSquareFromAReducedImage(int reduction) throws Exception {
        // Given: a picture of odd size whose values are places.
        Recipe recipe = new Recipe(64, 256, 1.5, 0, 8, 4);
        ImageBytes jpeg = ImageBytes.wrap(Pictures.slopedJpeg(403, 351));
        ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(jpeg);

        // When
        try (PixelImage whole = new ImageDecoder().decode(jpeg, header);
                PixelImage reduced = new ImageDecoder().decode(jpeg, header, reduction)) {
            byte[] expected = new RecipeRunner(recipe).cellImage(whole).rgb();
            byte[] seen = new RecipeRunner(recipe).cellImage(reduced).rgb();

            // Then: sizes are the file's, and the square lies within half a reduced pixel.
            assertThat(reduced.width()).isEqualTo(403);
            assertThat(reduced.height()).isEqualTo(351);
            assertThat(reduced.bgr().cols()).isEqualTo(Math.ceilDiv(403, reduction));
            double half = reduction / 2.0 + 0.3;
            assertThat(meanDifference(seen, expected, 0)).isBetween(-half, half);
            assertThat(meanDifference(seen, expected, 1)).isBetween(-half, half);
        }
    }

    private static double meanDifference(byte[] one, byte[] other, int channel) {
        double sum = 0;
        for (int i = channel; i < one.length; i += 3) {
            sum += (one[i] & 0xFF) - (other[i] & 0xFF);
        }
        return 3 * sum / one.length;
    }

    @Test
    void refusesToCutLocatedCellsFromAReducedImage() throws Exception {
        ImageBytes jpeg = ImageBytes.wrap(Pictures.slopedJpeg(403, 351));
        ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(jpeg);
        try (PixelImage reduced = new ImageDecoder().decode(jpeg, header, 2)) {
            assertThatThrownBy(
                            () -> new RecipeRunner(PLAIN).locatedCell(reduced, new Box(1, 1, 9, 9)))
                    .hasMessageContaining("decoded whole");
        }
    }

    @Test
    void namesTheParameterThatIsOutOfBounds() {
        assertThatThrownBy(() -> new Recipe(16, 128, 1.5, 0, 8))
                .hasMessage("recipe.inputSide=16 is out of bounds; give 32 to 1024");
        assertThatThrownBy(() -> new Recipe(64, 128, 1.5, 0, 8, 3))
                .hasMessage("recipe.decodeReduction=3 is out of bounds; give 1, 2, 4 or 8");
        assertThatThrownBy(() -> new Recipe(64, 128, Double.NaN, 0, 8))
                .hasMessageContaining("contextFactor");
    }
}
