// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.bank.SmallBank.direction;
import static io.cytolog.release.TestReleases.SIDE;
import static io.cytolog.release.TestReleases.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.release.TestReleases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxImageEncoderTest {

    private static final InferenceThreads ONE = new InferenceThreads(1);

    @TempDir private Path temp;

    private static OnnxImageEncoder encoder() throws Exception {
        return OnnxImageEncoder.open(TinyModels.imageEncoder(SIDE), SIDE, 6, ONE);
    }

    private Release release(byte[] model, Embedding golden) throws Exception {
        ReleaseWriter.write(
                temp, TestReleases.content(model, new byte[] {1}, "0".repeat(64), golden));
        return ReleaseReader.read(temp);
    }

    @Test
    void computesTheModelOnEveryCellInOrder() throws Exception {
        try (OnnxImageEncoder encoder = encoder()) {
            // When
            List<Embedding> embeddings =
                    encoder.encode(List.of(plain(200, 100, 50), plain(0, 255, 0)));

            // Then bytes above 127 stay positive
            assertThat(embeddings.get(0).similarity(direction(4, 2, 1, 0)))
                    .isEqualTo(1, Offset.offset(1e-6));
            assertThat(embeddings.get(1).similarity(direction(0, 1, 0, 0)))
                    .isEqualTo(1, Offset.offset(1e-6));
        }
    }

    @Test
    void givesACellTheSameEmbeddingInABatchOfAnySize() throws Exception {
        try (OnnxImageEncoder encoder = encoder()) {
            // Given
            CellPixels cell = plain(12, 200, 99);
            float[] alone = encoder.encode(List.of(cell)).getFirst().values();

            // Then
            for (int size = 2; size <= encoder.maxBatch(); size++) {
                List<CellPixels> batch =
                        new ArrayList<>(Collections.nCopies(size - 1, plain(9, 9, 9)));
                batch.add(cell);
                assertThat(encoder.encode(batch)).hasSize(size);
                assertThat(encoder.encode(batch).getLast().values()).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "33,64"})
    void padsToTheNextPowerOfTwo(int cells, int padded) {
        assertThat(PixelBatch.paddedSize(cells)).isEqualTo(padded);
    }

    @Test
    void refusesBatchesAndCellsOfTheWrongSize() throws Exception {
        try (OnnxImageEncoder encoder = encoder()) {
            assertThatThrownBy(() -> encoder.encode(List.of()))
                    .hasMessageContaining("batch of 0 cells; give 1 to 6");
            assertThatThrownBy(() -> encoder.encode(Collections.nCopies(7, plain(1, 1, 1))))
                    .hasMessageContaining("batch of 7 cells");
            assertThatThrownBy(() -> encoder.encode(List.of(new CellPixels(2, new byte[12]))))
                    .hasMessageContaining("a cell of 2 px");
        }
    }

    @Test
    void opensAReleaseThatComputesItsGoldenVectors() throws Exception {
        Release release = release(TinyModels.imageEncoder(SIDE), direction(4, 2, 1, 0));
        try (OnnxImageEncoder encoder = OnnxImageEncoder.open(release, 4, ONE)) {
            assertThat(encoder.maxBatch()).isEqualTo(4);
        }
    }

    @Test
    void refusesAReleaseThatComputesSomethingElse() throws Exception {
        Release release = release(TinyModels.imageEncoder(SIDE), direction(4, 2.1, 1, 0));
        assertThatThrownBy(() -> OnnxImageEncoder.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("golden vectors");
    }

    @Test
    void refusesAModelThatIsNone() throws Exception {
        Release release = release(new byte[] {1, 2, 3}, direction(4, 2, 1, 0));
        assertThatThrownBy(() -> OnnxImageEncoder.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void refusesAModelWithOtherInputs() throws Exception {
        Release release = release(TinyModels.textProjection(384, 4), direction(4, 2, 1, 0));
        assertThatThrownBy(() -> OnnxImageEncoder.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("does not run");
    }

    @Test
    void refusesThreadCountsOutOfBounds() {
        assertThatThrownBy(() -> new InferenceThreads(0))
                .hasMessage("inference.threads=0 is out of bounds; give 1 to 256");
    }
}
