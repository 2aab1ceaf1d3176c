// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.StainTargets;
import io.cytolog.image.Recipe;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of {@code train} for what is done to a cell before the encoder sees it. */
final class RecipeOptions {

    static final Recipe USUAL = new Recipe(128, 288, 1.6, 2.0, 8);

    /** Where the clip limit is a cell's own, flat cells may take more than the usual one. */
    private static final double ADAPTIVE_CLIP = 4;

    private static final int LARGEST_CROP = 8192;

    /** What is done about contrast. */
    enum Contrast {
        NONE,
        CLAHE,
        ALHE
    }

    /** What is done about stain. */
    enum Stain {
        NONE,
        REINHARD
    }

    @Option(
            names = "--contrast",
            defaultValue = "CLAHE",
            description = {
                "none, CLAHE with one clip limit, or ALHE with a cell's own;",
                "default ${DEFAULT-VALUE}"
            })
    private Contrast contrast = Contrast.CLAHE;

    @Option(
            names = "--stain",
            defaultValue = "NONE",
            description = {
                "none, or Reinhard: colours are brought to the mean of training cells;",
                "default ${DEFAULT-VALUE}"
            })
    private Stain stain = Stain.NONE;

    @Option(
            names = "--crop-side",
            defaultValue = "288",
            description = {
                "largest side of the square that is taken from the middle of a picture of one cell,",
                "pixels, 128 to 8192; a cell should fill it by a third or more; default ${DEFAULT-VALUE}"
            })
    private int cropSide;

    /** Refuses what is out of bounds. */
    void check() {
        if (cropSide < USUAL.inputSide() || cropSide > LARGEST_CROP) {
            throw new IllegalArgumentException(
                    "--crop-side=%d is out of bounds; give %d to %d"
                            .formatted(cropSide, USUAL.inputSide(), LARGEST_CROP));
        }
    }

    /** The options as they were given, to be given again. */
    String words() {
        return (contrast == Contrast.CLAHE ? "" : " --contrast " + contrast)
                + (stain == Stain.NONE ? "" : " --stain " + stain)
                + (cropSide == USUAL.cropSide() ? "" : " --crop-side " + cropSide);
    }

    /** The recipe that goes into the release. */
    Recipe recipe(Corpus corpus, Path cacheFolder) throws CorpusException {
        Recipe recipe =
                switch (contrast) {
                    case NONE -> clipped(0);
                    case CLAHE -> USUAL;
                    case ALHE -> clipped(ADAPTIVE_CLIP).adaptive();
                };
        recipe = recipe.cropping(cropSide);
        return switch (stain) {
            case NONE -> recipe;
            case REINHARD -> recipe.stained(StainTargets.of(corpus, recipe, cacheFolder));
        };
    }

    private static Recipe clipped(double limit) {
        return new Recipe(
                USUAL.inputSide(),
                USUAL.cropSide(),
                USUAL.contextFactor(),
                limit,
                USUAL.claheTiles());
    }
}
