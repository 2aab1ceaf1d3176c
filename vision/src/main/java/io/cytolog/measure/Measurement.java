// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

/**
 * A value with its interval, in pixels, square pixels or without unit as the quantity's dimension
 * says, until {@link #inUnits} brings it into the quantity's unit.
 *
 * @param lower end of the interval
 * @param upper end of the interval
 */
public record Measurement(Quantity quantity, double value, double lower, double upper) {

    /**
     * The same on a picture whose pixels are larger.
     *
     * @param pixels of the other picture that one of this has along a side
     */
    public Measurement enlarged(double pixels) {
        return times(Math.pow(pixels, quantity.dimension()));
    }

    /**
     * In the quantity's unit.
     *
     * @param micronsPerPixel edge of a pixel, micrometres
     */
    public Measurement inUnits(double micronsPerPixel) {
        return times(quantity.factor(micronsPerPixel));
    }

    private Measurement times(double factor) {
        return new Measurement(quantity, value * factor, lower * factor, upper * factor);
    }
}
