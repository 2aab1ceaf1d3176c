// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * How a cell's pixels become what the encoder was trained on; part of a release, so that trainer
 * and server do the same. Crop, resize by area, CLAHE on L of CIE LAB (Zuiderveld 1994, Graphics
 * Gems IV); the encoder's graph itself subtracts the mean and divides by the deviation.
 *
 * @param inputSide side of the encoder's input, pixels
 * @param cropSide largest side of the centred square taken from an image of one cell, pixels
 * @param contextFactor side of the square taken around a located cell, over the longer side of its
 *     box
 * @param claheClipLimit OpenCV's clip limit; 0 leaves the contrast alone
 * @param claheTiles tiles a side
 */
public record Recipe(
        int inputSide, int cropSide, double contextFactor, double claheClipLimit, int claheTiles) {

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
    }

    private static void require(boolean holds, String name, Number value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "recipe.%s=%s is out of bounds; give %s".formatted(name, value, bound));
        }
    }
}
