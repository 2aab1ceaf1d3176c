// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.bank.SmallBank.direction;
import static io.cytolog.release.TestReleases.SIDE;
import static io.cytolog.release.TestReleases.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.bank.EncodeThenMatch;
import io.cytolog.bank.Match;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.SmallBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.release.TestReleases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The composed graph says what encoder and Java matcher say. */
class OnnxCellAnnotatorTest {

    private static final InferenceThreads ONE = new InferenceThreads(1);
    private static final double TOLERANCE = 1e-5;

    @TempDir private Path temp;

    @ParameterizedTest
    @CsvSource({
        "1, 16, 2, 1, 0",
        "2, 16, 2, 1, 1",
        "3, 64, 5, 20, 2",
        "4, 64, 20, 100, 11",
        "5, 256, 20, 1000, 40",
        "6, 128, 300, 4000, 500"
    })
    void agreesWithTheMatcher(
            long seed, int dimensions, int findings, int sentences, int attributes)
            throws Exception {
        // Given
        RandomBank random = new RandomBank(seed, dimensions);
        Matcher matcher = random.matcher(findings, sentences, attributes);
        byte[] encoder = random.encoder();
        List<CellPixels> cells = random.cells(100);

        // When
        List<CellAnnotation> expected;
        try (CellAnnotator plain = encodeThenMatch(encoder, matcher)) {
            expected = inBatches(plain, cells, 8);
        }

        // Then
        try (CellAnnotator composed = composed(encoder, matcher)) {
            List<CellAnnotation> seen = inBatches(composed, cells, 8);
            for (int i = 0; i < cells.size(); i++) {
                assertSame(seen.get(i), expected.get(i));
            }
        }
    }

    @Test
    void ordersEqualSentencesByTheirIds() throws Exception {
        // Given: blast-3 and the mean of the pair lie on the axis; the pair is equally far.
        try (CellAnnotator composed =
                composed(TinyModels.imageEncoder(SIDE), SmallBank.matcher())) {

            // When
            CellAnnotation annotation = composed.annotate(List.of(plain(200, 0, 0))).getFirst();

            // Then
            assertThat(annotation.matches())
                    .extracting(match -> match.sentence().id())
                    .containsSubsequence("blast-3", "blast-1")
                    .doesNotContain("blast-2");
        }
    }

    @Test
    void takesOneSentenceOfAnAttribute() throws Exception {
        try (CellAnnotator composed =
                composed(TinyModels.imageEncoder(SIDE), SmallBank.matcher())) {
            assertThat(composed.annotate(List.of(plain(200, 0, 0))).getFirst().matches())
                    .extracting(match -> match.sentence().id())
                    .contains("nucleoli", "large", "blue")
                    .doesNotContain("no-nucleoli", "granules");
        }
    }

    @Test
    void paddingAndCompanyChangeNothing() throws Exception {
        // Given
        RandomBank random = new RandomBank(9, 64);
        Matcher matcher = random.matcher(10, 100, 8);
        try (CellAnnotator composed = composed(random.encoder(), matcher)) {
            List<CellPixels> cells = random.cells(8);
            List<CellAnnotation> alone = inBatches(composed, cells, 1);

            // Then
            for (int size = 2; size <= composed.maxBatch(); size++) {
                List<CellAnnotation> together = inBatches(composed, cells, size);
                for (int i = 0; i < cells.size(); i++) {
                    assertSame(together.get(i), alone.get(i));
                }
            }
        }
    }

    @Test
    void keepsNothingOfTheRunBefore() throws Exception {
        try (CellAnnotator composed =
                composed(TinyModels.imageEncoder(SIDE), SmallBank.matcher())) {
            List<CellAnnotation> before = composed.annotate(List.of(plain(200, 10, 0)));
            composed.annotate(Collections.nCopies(8, plain(0, 200, 0)));
            assertThat(composed.annotate(List.of(plain(200, 10, 0)))).isEqualTo(before);
        }
    }

    @Test
    void refusesBatchesAndCellsOfTheWrongSize() throws Exception {
        try (CellAnnotator composed =
                composed(TinyModels.imageEncoder(SIDE), SmallBank.matcher())) {
            assertThatThrownBy(() -> composed.annotate(List.of()))
                    .hasMessageContaining("batch of 0 cells; give 1 to 8");
            assertThatThrownBy(() -> composed.annotate(Collections.nCopies(9, plain(1, 1, 1))))
                    .hasMessageContaining("batch of 9 cells");
            assertThatThrownBy(() -> composed.annotate(List.of(new CellPixels(2, new byte[12]))))
                    .hasMessageContaining("a cell of 2 px");
        }
    }

    @Test
    void refusesToCallNotANumberAResult() throws Exception {
        // Given
        float[] weights = new float[SIDE * SIDE * 3 * 4];
        Arrays.fill(weights, Float.NaN);
        byte[] encoder = TinyModels.linearEncoder(SIDE, 4, weights);

        // Then
        try (CellAnnotator composed = composed(encoder, SmallBank.matcher())) {
            assertThatThrownBy(() -> composed.annotate(List.of(plain(1, 2, 3))))
                    .hasMessageContaining("a similarity of NaN");
        }
    }

    @Test
    void opensAReleaseThatComputesItsGoldenVectors() throws Exception {
        Release release = release(TinyModels.imageEncoder(SIDE), direction(4, 2, 1, 0));
        try (CellAnnotator annotator = OnnxCellAnnotator.open(release, 4, ONE)) {
            assertThat(annotator.annotate(List.of(plain(200, 100, 50))).getFirst().candidate().id())
                    .isEqualTo("blast");
        }
    }

    @Test
    void refusesAReleaseThatComputesSomethingElse() throws Exception {
        Release release = release(TinyModels.imageEncoder(SIDE), direction(1, 2, 1, 0));
        assertThatThrownBy(() -> OnnxCellAnnotator.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("differs from its golden vectors");
    }

    @Test
    void refusesAModelThatIsNone() throws Exception {
        Release release = release(new byte[] {1, 2, 3}, direction(4, 2, 1, 0));
        assertThatThrownBy(() -> OnnxCellAnnotator.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void refusesAModelWithOtherInputs() throws Exception {
        Release release = release(TinyModels.textProjection(384, 4), direction(4, 2, 1, 0));
        assertThatThrownBy(() -> OnnxCellAnnotator.open(release, 4, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("does not run");
    }

    private Release release(byte[] model, Embedding golden) throws Exception {
        ReleaseWriter.write(
                temp, TestReleases.content(model, new byte[] {1}, "0".repeat(64), golden));
        return ReleaseReader.read(temp);
    }

    private static CellAnnotator encodeThenMatch(byte[] encoder, Matcher matcher) throws Exception {
        return new EncodeThenMatch(OnnxImageEncoder.open(encoder, SIDE, 8, ONE), matcher);
    }

    private static CellAnnotator composed(byte[] encoder, Matcher matcher) throws Exception {
        return OnnxCellAnnotator.open(encoder, matcher, SIDE, 8, SessionOpener.cpu(ONE));
    }

    private static List<CellAnnotation> inBatches(
            CellAnnotator annotator, List<CellPixels> cells, int size) {
        List<CellAnnotation> annotations = new ArrayList<>();
        for (int from = 0; from < cells.size(); from += size) {
            annotations.addAll(
                    annotator.annotate(cells.subList(from, Math.min(cells.size(), from + size))));
        }
        return annotations;
    }

    /** The same findings and sentences; numbers to the rounding of float. */
    private static void assertSame(CellAnnotation seen, CellAnnotation expected) {
        assertThat(seen.candidate()).isEqualTo(expected.candidate());
        assertThat(seen.runnerUp()).isEqualTo(expected.runnerUp());
        assertThat(seen.abstention()).isEqualTo(expected.abstention());
        assertThat(seen.margin()).isCloseTo(expected.margin(), within(TOLERANCE));
        assertThat(seen.probabilities().keySet())
                .containsExactlyElementsOf(expected.probabilities().keySet());
        expected.probabilities()
                .forEach(
                        (finding, probability) ->
                                assertThat(seen.probabilities().get(finding))
                                        .isCloseTo(probability, within(10 * TOLERANCE)));
        assertThat(seen.matches())
                .extracting(Match::sentence)
                .containsExactlyElementsOf(
                        expected.matches().stream().map(Match::sentence).toList());
        for (int i = 0; i < expected.matches().size(); i++) {
            assertThat(seen.matches().get(i).similarity())
                    .isCloseTo(expected.matches().get(i).similarity(), within(TOLERANCE));
        }
    }
}
