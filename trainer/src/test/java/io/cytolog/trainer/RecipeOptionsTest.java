// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.corpus.Corpus;
import io.cytolog.image.Recipe;
import io.cytolog.image.StainTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which recipe a training has. */
class RecipeOptionsTest {

    private static final Recipe OF_RELEASE =
            new Recipe(128, 240, 1.6, 0, 8)
                    .stained(new StainTarget(List.of(150., 140., 120.), List.of(40., 9., 9.)));

    @TempDir private Path folder = Path.of("");

    private Corpus corpus;

    @BeforeEach
    void oneCell() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.createFile(folder.resolve("a/1.png"));
        Files.writeString(
                folder.resolve("manifest.csv"),
                "path,class,patient_or_group_if_known,split,augmented,core\na/1.png,monocyte,p1,train,0,1\n");
        corpus = Corpus.read(folder, false);
    }

    @Test
    void aContinuedTrainingKeepsWhatItsReleaseHas() throws Exception {
        assertThat(recipe(OF_RELEASE)).isEqualTo(OF_RELEASE);
    }

    @Test
    void whatIsGivenReplacesOnlyItself() throws Exception {
        Recipe contrasted = recipe(OF_RELEASE, "--contrast", "CLAHE");
        assertThat(contrasted.claheClipLimit()).isEqualTo(2);
        assertThat(contrasted.stain()).isEqualTo(OF_RELEASE.stain());
        assertThat(contrasted.cropSide()).isEqualTo(240);
        Recipe plain = recipe(adaptive(), "--contrast", "NONE", "--crop-side", "200");
        assertThat(plain).isEqualTo(new Recipe(128, 200, 1.6, 0, 8));
        assertThat(recipe(OF_RELEASE, "--stain", "NONE").stain()).isEqualTo(StainTarget.NONE);
    }

    @Test
    void alheHasAClipLimitOfTheCellsOwn() throws Exception {
        assertThat(recipe(OF_RELEASE, "--contrast", "ALHE").claheAdaptive()).isTrue();
        assertThat(recipe(adaptive(), "--contrast", "CLAHE").claheAdaptive()).isFalse();
    }

    @Test
    void backgroundIsBroughtToOneGreyWhereAskedOrWhereTheReleaseHasIt() throws Exception {
        Recipe balanced = recipe(OF_RELEASE, "--white-balance", "BACKGROUND");

        assertThat(balanced).isEqualTo(OF_RELEASE.balancedTo(Recipe.WHITE));
        assertThat(recipe(balanced)).isEqualTo(balanced);
        assertThat(recipe(balanced, "--contrast", "CLAHE").whiteLevel()).isEqualTo(Recipe.WHITE);
        assertThat(recipe(balanced, "--white-balance", "NONE")).isEqualTo(OF_RELEASE);
    }

    private static Recipe adaptive() {
        return new Recipe(128, 288, 1.6, 4, 8).adaptive();
    }

    @Test
    void refusesACropThatIsSmallerThanTheInput() {
        RecipeOptions options = options("--crop-side", "100");
        assertThatThrownBy(options::check).hasMessageContaining("give 128 to 8192");
    }

    @Test
    void aLargerInputIsAskedForOrTakenFromTheRelease() throws Exception {
        Recipe large = recipe(OF_RELEASE, "--input-side", "160");

        assertThat(large).isEqualTo(OF_RELEASE.scaledTo(160));
        assertThat(recipe(large)).isEqualTo(large);
        assertThat(options("--input-side", "160").words()).isEqualTo(" --input-side 160");
    }

    @Test
    void refusesAnInputThatTheNetworkCannotHalve() {
        for (String side : new String[] {"32", "150", "288"}) {
            RecipeOptions options = options("--input-side", side);
            assertThatThrownBy(options::check)
                    .hasMessageContaining("--input-side=" + side)
                    .hasMessageContaining("a multiple of 32, 64 to 256");
        }
    }

    private Recipe recipe(Recipe base, String... words) throws Exception {
        return options(words).recipe(base, corpus, folder.resolve("cache"));
    }

    private static RecipeOptions options(String... words) {
        RecipeOptions options = new RecipeOptions();
        new CommandLine(options).parseArgs(words);
        return options;
    }
}
