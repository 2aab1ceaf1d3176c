// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a rendered field promises to those who test location with it. */
class SmearRendererTest {
    private static final CellKind[] WHITE = {
        CellKind.SEGMENTED_NEUTROPHIL, CellKind.LYMPHOCYTE, CellKind.MONOCYTE, CellKind.BLAST
    };

    @Test
    void drawsTheSamePixelsFromTheSameSeed() {
        // Given
        SmearSpec spec = SmearSpec.small(3, WHITE);
        // When
        RenderedField one = new SmearRenderer(11).render(spec);
        RenderedField two = new SmearRenderer(11).render(spec);
        // Then
        assertThat(pixels(one.image())).isEqualTo(pixels(two.image()));
        assertThat(one.cells()).isEqualTo(two.cells());
    }

    @Test
    void drawsAnotherFieldFromAnotherSeedOrNumber() {
        // Given
        RenderedField first = new SmearRenderer(11).render(SmearSpec.small(1, WHITE));
        // When
        RenderedField otherSlide = new SmearRenderer(12).render(SmearSpec.small(1, WHITE));
        RenderedField otherField = new SmearRenderer(11).render(SmearSpec.small(2, WHITE));
        // Then
        assertThat(otherSlide.cells()).isNotEqualTo(first.cells());
        assertThat(otherField.cells()).isNotEqualTo(first.cells());
    }

    @Test
    void drawsEveryWhiteCellThatWasAskedForAmongDozensOfRedOnes() {
        // Given
        SmearSpec spec = SmearSpec.large(1, WHITE);
        // When
        RenderedField field = new SmearRenderer(5).render(spec);
        // Then
        assertThat(field.nucleated()).extracting(TrueCell::kind).containsExactlyInAnyOrder(WHITE);
        assertThat(count(field, CellKind.RED_CELL)).isGreaterThan(80);
        assertThat(count(field, CellKind.PLATELET)).isEqualTo(12);
    }

    @Test
    void keepsEveryBoxInsideTheImage() {
        for (int number = 0; number < 5; number++) {
            // Given
            SmearSpec spec = SmearSpec.small(number, WHITE);
            // When
            List<TrueCell> cells = new SmearRenderer(number).render(spec).cells();
            // Then
            assertThat(cells)
                    .allSatisfy(
                            cell -> {
                                assertThat(cell.x() + cell.width()).isLessThanOrEqualTo(640);
                                assertThat(cell.y() + cell.height()).isLessThanOrEqualTo(480);
                            });
        }
    }

    @Test
    void boxesHoldTheDarkNucleusAndLittleElse() {
        // Given
        RenderedField field = new SmearRenderer(7).render(SmearSpec.small(1, CellKind.LYMPHOCYTE));
        TrueCell cell = field.nucleated().getFirst();
        // When
        int inside = dark(field.image(), cell.x(), cell.y(), cell.width(), cell.height());
        int everywhere = dark(field.image(), 0, 0, 640, 480);
        // Then
        assertThat(inside).isGreaterThan(cell.width() * cell.height() / 3);
        assertThat(everywhere - inside).isLessThan(inside / 2);
    }

    @ParameterizedTest
    @EnumSource
    void putsASingleCellInTheMiddleOfItsCrop(CellKind kind) {
        // Given
        SmearRenderer renderer = new SmearRenderer(2);
        // When
        RenderedField crop = renderer.renderCell(kind);
        // Then
        TrueCell cell =
                crop.cells().stream().filter(c -> c.kind() == kind).findFirst().orElseThrow();
        assertThat(crop.image().getWidth()).isEqualTo(360);
        assertThat(cell.x() + cell.width() / 2).isBetween(150, 210);
        assertThat(cell.y() + cell.height() / 2).isBetween(150, 210);
    }

    @Test
    void refusesAnImpossibleSpec() {
        assertThatThrownBy(() -> new SmearSpec(1, 10, 480, 7, 0.4, 1, List.of()))
                .hasMessageContaining("10x480");
    }

    private static long count(RenderedField field, CellKind kind) {
        return field.cells().stream().filter(cell -> cell.kind() == kind).count();
    }

    private static int dark(BufferedImage image, int x0, int y0, int width, int height) {
        int dark = 0;
        for (int rgb : image.getRGB(x0, y0, width, height, null, 0, width)) {
            dark += (rgb >> 8 & 0xFF) < 110 ? 1 : 0;
        }
        return dark;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
