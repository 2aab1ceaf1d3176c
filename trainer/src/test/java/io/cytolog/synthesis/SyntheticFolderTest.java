// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.SyntheticMarks;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageDecoder;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.PixelImage;
import io.cytolog.image.Recipe;
import io.cytolog.image.RecipeRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks that travel with the file, and what they keep out. */
class SyntheticFolderTest {

    private static final Recipe RECIPE = new Recipe(64, 128, 1.6, 0, 1);

    @TempDir private Path folder = Path.of("");

    @Test
    void readsBackWhatItWrote() throws Exception {
        // Given
        CellPixels cell = noise(64);

        // When
        SyntheticFolder.write(folder, "blast", List.of(cell), "f".repeat(64), 3);
        List<SyntheticFolder.Drawn> read = SyntheticFolder.read(folder, RECIPE);

        // Then
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().finding()).isEqualTo("blast");
        assertThat(read.getFirst().pixels().rgb()).isEqualTo(cell.rgb());
        byte[] file = Files.readAllBytes(folder.resolve("cells/blast/00000.png"));
        assertThat(SyntheticMarks.in(file).orElseThrow())
                .contains("not for evaluation", "finding=blast seed=3 number=0");
    }

    @Test
    void contrastIsThatOfWhoTrains() throws Exception {
        SyntheticFolder.write(folder, "blast", List.of(noise(64)), "f".repeat(64), 3);
        Recipe contrasted = new Recipe(64, 128, 1.6, 2, 4);
        CellPixels read = SyntheticFolder.read(folder, contrasted).getFirst().pixels();
        byte[] file = Files.readAllBytes(folder.resolve("cells/blast/00000.png"));
        ImageBytes bytes = ImageBytes.wrap(file);
        try (PixelImage image =
                new ImageDecoder().decode(bytes, new ImageGate(ImageLimits.DEFAULT).admit(bytes))) {
            CellPixels asReal = new RecipeRunner(contrasted).cellImage(image);
            assertThat(read.rgb()).isEqualTo(asReal.rgb()).isNotEqualTo(noise(64).rgb());
        }
    }

    @Test
    void refusesAFileThatWasChanged() throws Exception {
        SyntheticFolder.write(folder, "blast", List.of(noise(64)), "f".repeat(64), 3);
        Path file = folder.resolve("cells/blast/00000.png");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SyntheticFolder.read(folder, RECIPE))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("is not what synthetic.jsonl lists");
    }

    @Test
    void keepsSyntheticCellsOutOfLabelledData() throws Exception {
        // Given: somebody copied a synthetic cell into a data folder
        Files.createDirectories(folder.resolve("a"));
        byte[] png = new SyntheticMark("f".repeat(64), "monocyte", 1, 0).png(noise(64));
        Files.write(folder.resolve("a/1.png"), png);
        Files.writeString(
                folder.resolve("manifest.csv"),
                "path,class,patient_or_group_if_known,split,augmented,core\na/1.png,monocyte,p1,val,0,1\n");
        Corpus corpus = Corpus.read(folder, false);

        // When, Then
        assertThatThrownBy(
                        () ->
                                new PixelStore(RECIPE, folder.resolve("cache"))
                                        .pixels(corpus, corpus.validation(), done -> {}))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("a/1.png")
                .hasMessageContaining("is synthetic");
    }

    @Test
    void findsNoMarkInOtherFiles() {
        assertThat(SyntheticMarks.in(new byte[] {1, 2, 3})).isEmpty();
        byte[] cut = {
            (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 127, -1, -1, -1, 0, 0, 0, 0
        };
        assertThat(SyntheticMarks.in(cut)).isEmpty();
    }

    private static CellPixels noise(int side) {
        byte[] rgb = new byte[side * side * 3];
        new Random(side).nextBytes(rgb);
        return new CellPixels(side, rgb);
    }
}
