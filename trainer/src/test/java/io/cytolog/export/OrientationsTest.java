// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.export.Noise.apart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.embed.ImageEncoder;
import io.cytolog.fit.Embedder;
import io.cytolog.image.CellPixels;
import io.cytolog.network.HalfPrecision;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.Int8Encoder;
import io.cytolog.onnx.OnnxImageEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest network over noise, which no two orientations show alike. */
class OrientationsTest {

    private static final int SIDE = 64;
    private static final int MOST = 4;

    private final Layout layout = Layout.tiny();
    private final float[] weights = HalfPrecision.rounded(Noise.weights(layout));
    private final List<CellPixels> cells = Noise.cells(MOST, SIDE);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void agreesWithLibTorch(int count) throws Exception {
        // Given
        Orientations orientations = new Orientations(count);

        try (Embedder embedder = new Embedder(layout, weights, orientations);
                ImageEncoder encoder = encoder(graph(count))) {
            // When
            List<float[]> expected = embedder.images(cells);

            // Then: at any batch
            for (int size : new int[] {1, 3, MOST}) {
                for (int i = 0; i < size; i++) {
                    float[] seen = encoder.encode(cells.subList(0, size)).get(i).values();
                    assertThat(apart(seen, expected.get(i))).isLessThan(ReleaseExport.PARITY);
                }
            }
        }
    }

    /** Two are closed under half turns, four under quarter turns, eight under mirroring too. */
    @Test
    void whatIsLookedAtInEveryOrientationHasNone() throws Exception {
        CellPixels cell = cells.getFirst();
        CellPixels quarter = turned(cell);
        CellPixels half = turned(quarter);
        CellPixels mirrored = mirrored(cell);

        for (int count : new int[] {1, 2, 4, 8}) {
            try (ImageEncoder encoder = encoder(graph(count))) {
                assertThat(alike(encoder, cell, half)).as("half of %d", count).isEqualTo(count > 1);
                assertThat(alike(encoder, cell, quarter))
                        .as("quarter of %d", count)
                        .isEqualTo(count > 2);
                assertThat(alike(encoder, cell, mirrored))
                        .as("mirrored of %d", count)
                        .isEqualTo(count > 4);
            }
        }
    }

    @Test
    void takesEightBitsToo() throws Exception {
        byte[] graph = graph(4);
        byte[] small = Int8Encoder.of(graph, SIDE, cells, new InferenceThreads(1));

        try (ImageEncoder plain = encoder(graph);
                ImageEncoder int8 = encoder(small)) {
            double difference =
                    apart(
                            plain.encode(cells).getFirst().values(),
                            int8.encode(cells).getFirst().values());
            assertThat(difference).isPositive().isLessThan(0.05);
        }
    }

    @Test
    void refusesOtherCounts() {
        assertThatThrownBy(() -> new Orientations(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orientations=3 is out of bounds; give 1, 2, 4 or 8");
    }

    private byte[] graph(int count) {
        return new TowerGraphs(layout, weights).image(SIDE, new Orientations(count));
    }

    private static ImageEncoder encoder(byte[] graph) throws Exception {
        return OnnxImageEncoder.open(graph, SIDE, MOST, new InferenceThreads(1));
    }

    private static boolean alike(ImageEncoder encoder, CellPixels a, CellPixels b) {
        float[] first = encoder.encode(List.of(a)).getFirst().values();
        float[] second = encoder.encode(List.of(b)).getFirst().values();
        return apart(first, second) < 1e-5;
    }

    private static CellPixels turned(CellPixels cell) {
        byte[] to = new byte[cell.rgb().length];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                copy(cell, y * SIDE + x, to, x * SIDE + SIDE - 1 - y);
            }
        }
        return new CellPixels(SIDE, to);
    }

    private static CellPixels mirrored(CellPixels cell) {
        byte[] to = new byte[cell.rgb().length];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                copy(cell, y * SIDE + x, to, y * SIDE + SIDE - 1 - x);
            }
        }
        return new CellPixels(SIDE, to);
    }

    private static void copy(CellPixels from, int place, byte[] to, int at) {
        System.arraycopy(from.rgb(), place * 3, to, at * 3, 3);
    }
}
