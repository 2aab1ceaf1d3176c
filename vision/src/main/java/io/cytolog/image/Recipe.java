// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * How a cell's pixels become what the encoder was trained on; part of a release, so that trainer
 * and server do the same. Crop, resize by area, white balance ({@link WhiteBalance}), stain as
 * {@link StainTarget} says, CLAHE on L of CIE LAB (Zuiderveld 1994, Graphics Gems IV); the
 * encoder's graph itself subtracts the mean and divides by the deviation.
 *
 * @param inputSide side of the encoder's input, pixels
 * @param cropSide largest side of the centred square taken from an image of one cell, pixels
 * @param contextFactor side of the square taken around a located cell, over the longer side of its
 *     box
 * @param claheClipLimit OpenCV's clip limit; 0 leaves the contrast alone
 * @param claheTiles tiles a side
 * @param decodeReduction how many times smaller, a side, a JPEG of one cell may be decoded where
 *     the crop still covers the input side: 1, 2, 4 or 8; 1 decodes it whole
 * @param claheAdaptive whether the clip limit is a cell's own (ALHE): {@code claheClipLimit} where
 *     L is flat, 1, which changes little, where it spans most of its range; see {@link
 *     RecipeRunner#clipLimit}
 * @param stain colours that every cell is brought to; {@link StainTarget#NONE} leaves them alone
 * @param whiteLevel level of 255 that the background beside a cell is brought to, in red, green and
 *     blue alike; 0 leaves it as it is
 */
public record Recipe(
        int inputSide,
        int cropSide,
        double contextFactor,
        double claheClipLimit,
        int claheTiles,
        int decodeReduction,
        boolean claheAdaptive,
        StainTarget stain,
        double whiteLevel) {

    /** The usual white level, near to that of a bright field. */
    public static final double WHITE = 230;

    /** Lower levels would darken any microscope's background. */
    private static final int LEAST_WHITE = 128;

    private static final int MOST_REDUCED = 8;

    public Recipe {
        require(inputSide >= 32 && inputSide <= 1024, "inputSide", inputSide, "32 to 1024");
        require(
                cropSide >= inputSide / 4 && cropSide <= 8192,
                "cropSide",
                cropSide,
                "inputSide / 4 to 8192");
        require(contextFactor >= 1 && contextFactor <= 4, "contextFactor", contextFactor, "1 to 4");
        require(
                claheClipLimit >= 0 && claheClipLimit <= 100,
                "claheClipLimit",
                claheClipLimit,
                "0 to 100");
        require(claheTiles >= 1 && claheTiles <= 64, "claheTiles", claheTiles, "1 to 64");
        require(
                Integer.bitCount(decodeReduction) == 1 && decodeReduction <= MOST_REDUCED,
                "decodeReduction",
                decodeReduction,
                "1, 2, 4 or 8");
        require(
                !claheAdaptive || claheClipLimit > 1,
                "claheClipLimit",
                claheClipLimit,
                "more than 1 where it is adaptive");
        require(
                whiteLevel == 0 || (whiteLevel >= LEAST_WHITE && whiteLevel <= 255),
                "whiteLevel",
                whiteLevel,
                "0, or 128 to 255");
    }

    /** A recipe that decodes every image whole. */
    public Recipe(
            int inputSide,
            int cropSide,
            double contextFactor,
            double claheClipLimit,
            int claheTiles) {
        this(inputSide, cropSide, contextFactor, claheClipLimit, claheTiles, 1);
    }

    /** A recipe with one clip limit for all cells, which leaves stain and background alone. */
    public Recipe(
            int inputSide,
            int cropSide,
            double contextFactor,
            double claheClipLimit,
            int claheTiles,
            int decodeReduction) {
        this(
                inputSide,
                cropSide,
                contextFactor,
                claheClipLimit,
                claheTiles,
                decodeReduction,
                false,
                StainTarget.NONE,
                0);
    }

    /** The same with clip limits of the cells' own. */
    public Recipe adaptive() {
        return with(inputSide, cropSide, true, stain, whiteLevel);
    }

    /** The same with another largest side of what is taken from an image of one cell. */
    public Recipe cropping(int side) {
        return with(inputSide, side, claheAdaptive, stain, whiteLevel);
    }

    /** The same with another side of the encoder's input. */
    public Recipe scaledTo(int side) {
        return with(side, cropSide, claheAdaptive, stain, whiteLevel);
    }

    /** The same with other colours to bring cells to. */
    public Recipe stained(StainTarget target) {
        return with(inputSide, cropSide, claheAdaptive, target, whiteLevel);
    }

    /** The same with another level that the background is brought to, or 0. */
    public Recipe balancedTo(double level) {
        return with(inputSide, cropSide, claheAdaptive, stain, level);
    }

    private Recipe with(int input, int crop, boolean adaptive, StainTarget target, double level) {
        return new Recipe(
                input,
                crop,
                contextFactor,
                claheClipLimit,
                claheTiles,
                decodeReduction,
                adaptive,
                target,
                level);
    }

    /**
     * How many times smaller an image of one cell is decoded. Fields are decoded whole, since cells
     * are located at full scale.
     */
    public int reductionOf(ImageHeader header) {
        if (header.format() != ImageFormat.JPEG) {
            return 1;
        }
        int crop = Math.min(Math.min(header.width(), header.height()), cropSide);
        int reduction = decodeReduction;
        while (reduction > 1 && crop / reduction < inputSide) {
            reduction /= 2;
        }
        return reduction;
    }

    private static void require(boolean holds, String name, Number value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "recipe.%s=%s is out of bounds; give %s".formatted(name, value, bound));
        }
    }
}
