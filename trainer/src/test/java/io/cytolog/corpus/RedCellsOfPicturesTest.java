// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Red cells beside a labelled one, in drawn pictures. */
class RedCellsOfPicturesTest {

    private static final int SIDE = 360;
    private static final Color GROUND = new Color(0xEBE8E1);
    private static final Color RED_CELL = new Color(0xB49DAF);
    private static final Color NUCLEUS = new Color(0x50307A);
    private static final Color CYTOPLASM = new Color(0xA9B4DA);

    @TempDir private Path folder = Path.of("");
    private final List<Integer> told = new ArrayList<>();

    @Test
    void takesWholeRedCellsAndNeitherTheLabelledCellNorNucleiNorCytoplasm() throws Exception {
        // Given: red cells in two corners and cut off at an edge, other cells in the other corners
        Cell cell = drawn("mixed.png", true, RED_CELL, RED_CELL, NUCLEUS, CYTOPLASM);

        // When
        List<CellPixels> found = found(10, cell);

        // Then
        assertThat(found).hasSize(2).allSatisfy(RedCellsOfPicturesTest::isRedInTheMiddle);
        assertThat(told).containsExactly(2);
    }

    @Test
    void takesAtMostTwoOfAPictureAndAsManyAsAreAskedFor() throws Exception {
        Cell one = drawn("one.png", true, RED_CELL, RED_CELL, RED_CELL, RED_CELL);
        Cell two = drawn("two.png", true, RED_CELL, RED_CELL, RED_CELL, RED_CELL);

        assertThat(found(10, one, two)).hasSize(4);
        assertThat(found(3, one, two)).hasSize(3);
    }

    @Test
    void refusesValidationCells() throws Exception {
        Cell held = drawn("held.png", false, RED_CELL, RED_CELL, RED_CELL, RED_CELL);

        assertThatThrownBy(() -> found(10, held)).hasMessageContaining("no training cell");
    }

    private List<CellPixels> found(int most, Cell... cells) throws CorpusException {
        return new RedCellsOfPictures(new Recipe(64, 240, 1.6, 0, 1))
                .pixels(folder, List.of(cells), most, 1, told::add);
    }

    private static void isRedInTheMiddle(CellPixels cell) {
        int middle = (cell.side() / 2 * cell.side() + cell.side() / 2) * 3;
        assertThat(new int[] {cell.rgb()[middle] & 0xFF, cell.rgb()[middle + 1] & 0xFF})
                .containsExactly(RED_CELL.getRed(), RED_CELL.getGreen());
    }

    /** A picture of one cell in its middle and of others in its corners. */
    private Cell drawn(String name, boolean training, Color... corners) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, SIDE, SIDE);
        disc(graphics, RED_CELL, SIDE / 2, 0);
        disc(graphics, CYTOPLASM, SIDE / 2, SIDE / 2 + 20);
        disc(graphics, NUCLEUS, SIDE / 2, SIDE / 2);
        for (int i = 0; i < corners.length; i++) {
            int x = i % 2 == 0 ? 50 : SIDE - 50;
            int y = i < 2 ? 50 : SIDE - 50;
            disc(graphics, corners[i], x, y);
        }
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(name).toFile());
        return new Cell(name, "a", "monocyte", name, training, false, Map.of());
    }

    private static void disc(Graphics2D graphics, Color colour, int x, int y) {
        graphics.setColor(colour);
        graphics.fillOval(x - 36, y - 36, 72, 72);
    }
}
