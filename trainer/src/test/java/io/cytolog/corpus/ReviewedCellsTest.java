// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviewed cells as training data. */
class ReviewedCellsTest {

    private static final Set<String> FINDINGS = Set.of("blast", "monocyte");

    @TempDir private Path folder = Path.of("");

    @Test
    void groupsByAccessionAndLeavesOutWhatNobodyTrains() throws Exception {
        // Given
        lines(line("a", "blast", "A-7"), line("b", "monocyte", ""), line("c", "plasma", "A-7"));

        // When
        ReviewedCells reviewed = ReviewedCells.read(folder, FINDINGS);

        // Then
        assertThat(reviewed.cells())
                .extracting(Cell::group)
                .containsExactly("reviews:A-7", "reviews:slide of b");
        assertThat(reviewed.cells()).allMatch(Cell::training);
        assertThat(reviewed.unknown()).isEqualTo(Map.of("plasma", 1));
    }

    @Test
    void refusesAFileThatDiffersFromItsDigest() throws Exception {
        lines(line("a", "blast", "A-7"));
        Files.writeString(folder.resolve("a"), "other");

        assertThatThrownBy(() -> ReviewedCells.read(folder, FINDINGS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("differs from its digest");
    }

    @Test
    void refusesAPathThatLeadsOut() throws Exception {
        lines(line("a", "blast", "A-7").replace("\"path\":\"a\"", "\"path\":\"../a\""));

        assertThatThrownBy(() -> ReviewedCells.read(folder, FINDINGS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("outside of the folder");
    }

    @Test
    void refusesWhatIsNoExport() throws Exception {
        assertThatThrownBy(() -> ReviewedCells.read(folder, FINDINGS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("reviews export");
        lines("{\"path\":");
        assertThatThrownBy(() -> ReviewedCells.read(folder, FINDINGS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("line 1 cannot be read");
    }

    @Test
    void findsEveryCopyOfAHeldOutCell() {
        // Given: two copies of one validation cell, one of them turned, and another cell
        CellPixels held = picture(1);
        Cell validation = cell("v", false);
        Corpus corpus = new Corpus(folder, List.of(), List.of(validation), "");
        List<Cell> cells = List.of(cell("a", true), cell("b", true), cell("c", true));

        // When
        Set<Integer> copies =
                NearCopies.copies(
                        corpus, cells, List.of(held, picture(2), mirrored(held)), List.of(held));

        // Then
        assertThat(copies).containsExactly(0, 2);
    }

    private static Cell cell(String path, boolean training) {
        return new Cell(path, "c", "blast", "g " + path, training, false, Map.of());
    }

    /** Blots, so that pictures of different seeds are unlike. */
    private static CellPixels picture(int seed) {
        Random random = new Random(seed);
        byte[] rgb = new byte[64 * 64 * 3];
        java.util.Arrays.fill(rgb, (byte) 220);
        for (int blot = 0; blot < 12; blot++) {
            int cx = random.nextInt(64);
            int cy = random.nextInt(64);
            int radius = 4 + random.nextInt(10);
            int shade = random.nextInt(200);
            for (int i = 0; i < 64 * 64; i++) {
                if (Math.hypot(i % 64 - cx, i / 64 - cy) < radius) {
                    rgb[3 * i] = (byte) shade;
                    rgb[3 * i + 1] = (byte) (shade / 2);
                    rgb[3 * i + 2] = (byte) (255 - shade);
                }
            }
        }
        return new CellPixels(64, rgb);
    }

    private static CellPixels mirrored(CellPixels cell) {
        byte[] rgb = new byte[cell.rgb().length];
        for (int i = 0; i < 64 * 64; i++) {
            int from = 3 * (i / 64 * 64 + 63 - i % 64);
            System.arraycopy(cell.rgb(), from, rgb, 3 * i, 3);
        }
        return new CellPixels(64, rgb);
    }

    private String line(String name, String finding, String accession) throws Exception {
        byte[] image = name.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(name), image);
        return """
                {"path":"%s","sha256":"%s","finding":"%s","accession":"%s","slide":"slide of %s","reviewer":"x"}\
                """
                .formatted(name, ImageBytes.wrap(image).sha256(), finding, accession, name)
                .strip();
    }

    private void lines(String... lines) throws Exception {
        Files.write(folder.resolve("reviewed.jsonl"), List.of(lines));
    }
}
