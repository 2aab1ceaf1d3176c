// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.SmallBank;
import io.cytolog.cell.CellLocator;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.cell.StainCellLocator;
import io.cytolog.embed.Embedding;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.Pictures;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.Rejection;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import io.cytolog.measure.Measured;
import io.cytolog.measure.Measurement;
import io.cytolog.measure.Quantity;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.release.TestReleases;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.RenderedField;
import io.cytolog.smear.SmearRenderer;
import io.cytolog.smear.SmearSpec;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From bytes to result with every real part but the encoder. */
class ImageAnnotatorTest {

    @TempDir private Path temp;

    private Release release;

    @BeforeEach
    void write() throws Exception {
        ReleaseWriter.write(temp, TestReleases.content());
        release = ReleaseReader.read(temp);
    }

    private static ImagePreparer preparer(CellLocator locator) {
        return new ImagePreparer(new ImageGate(ImageLimits.DEFAULT), locator, TestReleases.RECIPE);
    }

    /** A stand-in for the encoder: the mean colour is the embedding. */
    private static Embedding meanColour(CellPixels cell) {
        double[] sum = new double[3];
        for (int i = 0; i < cell.rgb().length; i++) {
            sum[i % 3] += cell.rgb()[i] & 0xFF;
        }
        return SmallBank.direction(sum[0], sum[1], sum[2], 0);
    }

    private ImageAnnotation annotate(ImageBytes bytes, ImageKind kind) throws Exception {
        PreparedImage prepared = preparer(new StainCellLocator()).prepare(bytes, kind);
        List<CellAnnotation> annotations =
                prepared.cells().stream()
                        .map(cell -> release.matcher().annotate(meanColour(cell.pixels())))
                        .toList();
        return new ImageAnnotator(release).annotate(prepared, annotations);
    }

    private static ImageBytes field(CellKind... cells) throws Exception {
        RenderedField drawn = new SmearRenderer(3).render(SmearSpec.small(1, cells));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(drawn.image(), "png", out);
        return ImageBytes.wrap(out.toByteArray());
    }

    @Test
    void annotatesEveryCellOfAField() throws Exception {
        // Given
        ImageBytes bytes = field(CellKind.BLAST, CellKind.LYMPHOCYTE);

        // When
        ImageAnnotation annotation = annotate(bytes, ImageKind.AUTO);

        // Then
        assertThat(annotation.kind()).isEqualTo(ImageKind.FIELD);
        assertThat(annotation.cells()).hasSize(2);
        assertThat(annotation.releaseId()).isEqualTo(release.id());
        assertThat(annotation.bankVersion()).isEqualTo("small-1");
        assertThat(annotation.resultId())
                .isEqualTo(ResultId.of(release.id(), bytes.sha256(), ImageKind.FIELD));
        assertThat(annotation.cells())
                .allSatisfy(cell -> assertThat(cell.annotation().matches()).isNotEmpty());
    }

    @Test
    void takesACellImageWhole() throws Exception {
        ImageAnnotation annotation =
                annotate(ImageBytes.wrap(Pictures.png(300, 260)), ImageKind.AUTO);
        assertThat(annotation.kind()).isEqualTo(ImageKind.CELL);
        assertThat(annotation.cells()).hasSize(1);
        assertThat(annotation.cells().getFirst().cell().box()).isEqualTo(Box.whole(300, 260));
    }

    @Test
    void saysThatAFieldShowsNoCell() throws Exception {
        ImageAnnotation annotation = annotate(field(), ImageKind.FIELD);
        assertThat(annotation.cells()).isEmpty();
        assertThat(annotation.qualityFlags()).containsExactly("no-cell-found");
    }

    @Test
    void givesTheSameResultTwice() throws Exception {
        ImageBytes bytes = field(CellKind.MONOCYTE, CellKind.EOSINOPHIL);
        assertThat(annotate(bytes, ImageKind.FIELD)).isEqualTo(annotate(bytes, ImageKind.FIELD));
    }

    @Test
    void rejectsAFieldOfImplausiblyManyCells() {
        LocatedCell cell = new LocatedCell(new Box(0, 0, 10, 10), List.of());
        ImagePreparer preparer =
                preparer(field -> Collections.nCopies(ImagePreparer.MOST_CELLS + 1, cell));
        Rejection rejection =
                catchThrowableOfType(
                                RejectedImageException.class,
                                () ->
                                        preparer.prepare(
                                                ImageBytes.wrap(Pictures.png(60, 60)),
                                                ImageKind.FIELD))
                        .rejection();
        assertThat(rejection.stage()).isEqualTo(RejectionStage.LOCATE);
    }

    @Test
    void rejectsBytesThatDifferFromTheirDigest() {
        ImagePreparer preparer = preparer(new StainCellLocator());
        Rejection rejection =
                catchThrowableOfType(
                                RejectedImageException.class,
                                () ->
                                        preparer.prepare(
                                                ImageBytes.wrap(Pictures.png(60, 60)),
                                                ImageKind.CELL,
                                                "f".repeat(64)))
                        .rejection();
        assertThat(rejection.reason()).isEqualTo(RejectionReason.DIGEST_MISMATCH);
    }

    @Test
    void measuresInSourcePixelsButNotWhatTheEdgeOfAFieldCuts() throws Exception {
        // Given: two cells of which the encoder's picture shows the same
        List<LocatedCell> cells =
                List.of(
                        new LocatedCell(new Box(100, 100, 80, 80), List.of()),
                        new LocatedCell(
                                new Box(0, 100, 80, 80), List.of(StainCellLocator.TOUCHES_EDGE)));
        PreparedImage prepared =
                preparer(field -> cells)
                        .prepare(ImageBytes.wrap(Pictures.png(300, 300)), ImageKind.FIELD);
        Measured seen =
                new Measured(
                        List.of(new Measurement(Quantity.CELL_DIAMETER, 10, 9, 11)), List.of());
        List<CellAnnotation> annotations =
                prepared.cells().stream()
                        .map(cell -> release.matcher().annotate(meanColour(cell.pixels())))
                        .map(said -> said.with(seen))
                        .toList();

        // When
        List<Measured> measured =
                new ImageAnnotator(release)
                        .annotate(prepared, annotations).cells().stream()
                                .map(cell -> cell.annotation().measured())
                                .toList();

        // Then
        double scale = prepared.cells().getFirst().sourcePixels();
        assertThat(measured.getFirst()).isEqualTo(seen.enlarged(scale));
        assertThat(measured.getLast().measurements()).isEmpty();
        assertThat(measured.getLast().flags()).containsExactly("not-measured-touches-edge");
    }

    @Test
    void refusesAnnotationsThatDoNotMatchTheCells() throws Exception {
        PreparedImage prepared =
                preparer(new StainCellLocator())
                        .prepare(ImageBytes.wrap(Pictures.png(60, 60)), ImageKind.CELL);
        assertThatThrownBy(() -> new ImageAnnotator(release).annotate(prepared, List.of()))
                .hasMessage("1 cells, 0 annotations");
    }
}
