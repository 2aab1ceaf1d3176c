// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelStoreTest {

    private static final int SIDE = 64;
    private static final List<Integer> GREYS = List.of(40, 120, 200);

    @TempDir private Path folder = Path.of("");

    private final List<Integer> told = new ArrayList<>();

    @BeforeEach
    void draws() throws IOException {
        for (int grey : GREYS) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < SIDE * SIDE; i++) {
                image.setRGB(i % SIDE, i / SIDE, grey * 0x010101);
            }
            ImageIO.write(image, "png", folder.resolve(grey + ".png").toFile());
        }
    }

    @Test
    void tellsOfEveryCellThatIsDecoded() throws Exception {
        read();
        assertThat(told).startsWith(1, 2, 3).endsWith(3);
    }

    @Test
    void tellsThatAllAreDoneWhereTheyWereKept() throws Exception {
        List<CellPixels> decoded = read();
        for (int grey : GREYS) {
            Files.delete(folder.resolve(grey + ".png"));
        }
        told.clear();
        List<CellPixels> kept = read();
        assertThat(told).containsExactly(3);
        assertThat(middles(kept)).isEqualTo(middles(decoded)).isEqualTo(GREYS);
    }

    private List<CellPixels> read() throws CorpusException {
        List<Cell> cells =
                GREYS.stream()
                        .map(grey -> grey + ".png")
                        .map(path -> new Cell(path, "a", "monocyte", path, true, false, Map.of()))
                        .toList();
        Corpus corpus = new Corpus(folder, cells, List.of(), "digest");
        return new PixelStore(new Recipe(SIDE, SIDE, 1.6, 0, 1), folder.resolve("cache"))
                .pixels(corpus, cells, told::add);
    }

    private static List<Integer> middles(List<CellPixels> cells) {
        int middle = (SIDE / 2 * SIDE + SIDE / 2) * 3;
        return cells.stream().map(cell -> cell.rgb()[middle] & 0xff).toList();
    }
}
