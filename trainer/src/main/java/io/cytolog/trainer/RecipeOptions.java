// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.StainTargets;
import io.cytolog.image.Recipe;
import io.cytolog.image.StainTarget;
import io.cytolog.network.Orientations;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code train} for what is done to a cell before the encoder sees it. */
final class RecipeOptions {

    static final Recipe USUAL = new Recipe(128, 240, 1.6, 0, 8);

    /** OpenCV's clip limit for CLAHE. */
    private static final double CLIP = 2;

    /** Where the clip limit is a cell's own, flat cells may take more than the usual one. */
    private static final double ADAPTIVE_CLIP = 4;

    private static final int LARGEST_CROP = 8192;

    private static final int SMALLEST_INPUT = 64;
    private static final int LARGEST_INPUT = 256;

    /** The network halves its maps five times. */
    private static final int INPUT_STEP = 32;

    /** What is done about contrast. */
    enum Contrast {
        NONE,
        CLAHE,
        ALHE
    }

    /** What is done about the light beside cells. */
    enum WhiteBalancing {
        NONE,
        BACKGROUND
    }

    /** What is done about stain. */
    enum Stain {
        NONE,
        REINHARD
    }

    @Option(
            names = "--contrast",
            paramLabel = "NAME",
            description =
                    "none, CLAHE with one clip limit, or ALHE with a cell's own; "
                            + "default that of --from-release, else none")
    private Optional<Contrast> contrast = Optional.empty();

    @Option(
            names = "--stain",
            paramLabel = "NAME",
            description =
                    "none, or Reinhard: colours are brought to the mean of training cells; "
                            + "default that of --from-release, else none")
    private Optional<Stain> stain = Optional.empty();

    @Option(
            names = "--white-balance",
            paramLabel = "NAME",
            description =
                    "none, or background: what is seen beside a cell is brought to one grey, so that the "
                            + "colour of a scanner's light teaches nothing; default that of --from-release, else none")
    private Optional<WhiteBalancing> whiteBalance = Optional.empty();

    @Option(
            names = "--crop-side",
            paramLabel = "PX",
            description =
                    "largest side of the square that is taken from the middle of a picture of one cell, "
                            + "pixels, 128 to 8192; a cell should fill it by a third or more; "
                            + "default that of --from-release, else 240")
    private Optional<Integer> cropSide = Optional.empty();

    @Option(
            names = "--input-side",
            paramLabel = "PX",
            description =
                    "side of the network's pictures of a cell, pixels: a multiple of 32, 64 to 256; "
                            + "from a release, training shows pictures of full side from the first step; "
                            + "default that of --from-release, else 128")
    private Optional<Integer> inputSide = Optional.empty();

    @Option(
            names = "--orientations",
            paramLabel = "N",
            description =
                    "in how many orientations the release looks at a cell: 1, 2, 4 (quarter turns) or 8 "
                            + "(mirrored too), which takes as many times as long and is right more often; "
                            + "default that of --from-release, else 1")
    private Optional<Integer> orientations = Optional.empty();

    /** Refuses what is out of bounds. */
    void check() {
        int side = cropSide.orElse(USUAL.cropSide());
        if (side < USUAL.inputSide() || side > LARGEST_CROP) {
            throw new IllegalArgumentException(
                    "--crop-side=%d is out of bounds; give %d to %d"
                            .formatted(side, USUAL.inputSide(), LARGEST_CROP));
        }
        int input = inputSide.orElse(USUAL.inputSide());
        if (input < SMALLEST_INPUT || input > LARGEST_INPUT || input % INPUT_STEP != 0) {
            throw new IllegalArgumentException(
                    "--input-side=%d is out of bounds; give a multiple of %d, %d to %d"
                            .formatted(input, INPUT_STEP, SMALLEST_INPUT, LARGEST_INPUT));
        }
        orientations(Orientations.UPRIGHT);
    }

    /** The options as they were given, to be given again. */
    String words() {
        return contrast.map(given -> " --contrast " + given).orElse("")
                + stain.map(given -> " --stain " + given).orElse("")
                + whiteBalance.map(given -> " --white-balance " + given).orElse("")
                + cropSide.map(given -> " --crop-side " + given).orElse("")
                + inputSide.map(given -> " --input-side " + given).orElse("")
                + orientations.map(given -> " --orientations " + given).orElse("");
    }

    /**
     * The orientations in which the release looks at a cell.
     *
     * @param base what holds where no option was given
     */
    Orientations orientations(Orientations base) {
        return orientations.map(Orientations::new).orElse(base);
    }

    /**
     * The recipe that goes into the release.
     *
     * @param base what holds where no option was given: the recipe of the release that training
     *     goes on from, or the usual one
     */
    Recipe recipe(Recipe base, Corpus corpus, Path cacheFolder) throws CorpusException {
        Recipe recipe = contrast.map(given -> contrasted(base, given)).orElse(base);
        recipe = recipe.cropping(cropSide.orElse(base.cropSide()));
        recipe = recipe.scaledTo(inputSide.orElse(base.inputSide()));
        recipe =
                recipe.balancedTo(whiteBalance.map(RecipeOptions::level).orElse(base.whiteLevel()));
        if (stain.isEmpty()) {
            return recipe;
        }
        return switch (stain.get()) {
            case NONE -> recipe.stained(StainTarget.NONE);
            case REINHARD -> recipe.stained(StainTargets.of(corpus, recipe, cacheFolder));
        };
    }

    private static double level(WhiteBalancing balancing) {
        return balancing == WhiteBalancing.NONE ? 0 : Recipe.WHITE;
    }

    private static Recipe contrasted(Recipe base, Contrast contrast) {
        return switch (contrast) {
            case NONE -> clipped(base, 0);
            case CLAHE -> clipped(base, CLIP);
            case ALHE -> clipped(base, ADAPTIVE_CLIP).adaptive();
        };
    }

    private static Recipe clipped(Recipe base, double limit) {
        return new Recipe(
                base.inputSide(),
                base.cropSide(),
                base.contextFactor(),
                limit,
                base.claheTiles(),
                base.decodeReduction(),
                false,
                base.stain(),
                base.whiteLevel());
    }
}
