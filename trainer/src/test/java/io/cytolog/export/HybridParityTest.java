// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.export.Noise.apart;
import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.embed.ImageEncoder;
import io.cytolog.fit.Embedder;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Backbone;
import io.cytolog.network.HalfPrecision;
import io.cytolog.network.Layout;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.Int8Encoder;
import io.cytolog.onnx.OnnxImageEncoder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every backbone computes in ONNX Runtime what it computes in LibTorch, at any batch. */
class HybridParityTest {

    private static final int MOST = 8;

    /** Sides with one window, with several that are padded, and with several that divide. */
    @ParameterizedTest
    @CsvSource({
        "CONV, 96",
        "SWIN, 64",
        "SWIN, 96",
        "SWIN, 128",
        "SWIN, 160",
        "WPAT, 64",
        "WPAT, 96",
        "WPAT, 128",
        "WPAT, 160"
    })
    void agreesWithLibTorch(Backbone.Deep deep, int side) throws Exception {
        // Given
        Layout layout = Layout.tiny(deep, false);
        float[] weights = HalfPrecision.rounded(Noise.weights(layout));
        List<CellPixels> cells = Noise.cells(MOST, side);
        byte[] graph = new TowerGraphs(layout, weights).image(side);

        try (Embedder embedder = new Embedder(layout, weights);
                ImageEncoder encoder =
                        OnnxImageEncoder.open(graph, side, MOST, new InferenceThreads(1))) {
            // When
            List<float[]> expected = embedder.images(cells);

            // Then
            for (int count : new int[] {1, 3, MOST}) {
                for (int i = 0; i < count; i++) {
                    float[] seen = encoder.encode(cells.subList(0, count)).get(i).values();
                    assertThat(apart(seen, expected.get(i))).isLessThan(ReleaseExport.PARITY);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SWIN", "WPAT"})
    void takesEightBitsToo(Backbone.Deep deep) throws Exception {
        // Given
        Layout layout = Layout.tiny(deep, false);
        List<CellPixels> cells = Noise.cells(MOST, 96);
        byte[] graph = new TowerGraphs(layout, Noise.weights(layout)).image(96);

        // When
        byte[] small = Int8Encoder.of(graph, 96, cells, new InferenceThreads(1));

        // Then
        try (ImageEncoder plain = OnnxImageEncoder.open(graph, 96, MOST, new InferenceThreads(1));
                ImageEncoder int8 =
                        OnnxImageEncoder.open(small, 96, MOST, new InferenceThreads(1))) {
            double difference =
                    apart(
                            plain.encode(cells).getFirst().values(),
                            int8.encode(cells).getFirst().values());
            assertThat(difference).isPositive().isLessThan(0.05);
        }
    }
}
