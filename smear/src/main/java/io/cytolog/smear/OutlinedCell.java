// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.awt.image.BufferedImage;

/**
 * A crop with one cell in the middle and where that cell and its nucleus truly lie. The arrays are
 * shared, not copied.
 *
 * @param body share of each pixel that the cell covers, 0 to 1, row by row
 * @param nucleus share of each pixel that its nucleus covers
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutlinedCell(BufferedImage image, float[] body, float[] nucleus) {

    /** Area of the cell, square pixels. */
    public double bodyArea() {
        return sum(body);
    }

    /** Area of the nucleus, square pixels. */
    public double nucleusArea() {
        return sum(nucleus);
    }

    private static double sum(float[] shares) {
        double sum = 0;
        for (float share : shares) {
            sum += share;
        }
        return sum;
    }
}
