// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one cell, and remarks on what could not be.
 *
 * @param flags for example {@value Silhouette#TOUCHES_EDGE}
 */
public record Measured(List<Measurement> measurements, List<String> flags) {

    /** Micrometres. */
    public static final double SMALLEST_PIXEL = 0.01;

    public static final double LARGEST_PIXEL = 100;

    /** Where nothing measures. */
    public static final Measured NONE = new Measured(List.of(), List.of());

    public Measured {
        measurements = List.copyOf(measurements);
        flags = List.copyOf(flags);
    }

    /**
     * Measurements in their units; without the size of a pixel only plain numbers.
     *
     * @param micronsPerPixel edge of a pixel, micrometres; null when nobody knows it. A size that
     *     no microscope has counts as unknown.
     */
    public List<Measurement> inUnits(@Nullable Double micronsPerPixel) {
        boolean known =
                micronsPerPixel != null
                        && micronsPerPixel >= SMALLEST_PIXEL
                        && micronsPerPixel <= LARGEST_PIXEL;
        return measurements.stream()
                .filter(one -> known || one.quantity().dimension() == 0)
                .map(one -> one.inUnits(known ? micronsPerPixel : 1))
                .toList();
    }

    /** Nothing, of a cell that goes on beyond the picture; the same where nothing was measured. */
    public Measured cutByEdge() {
        return measurements.isEmpty()
                ? this
                : new Measured(List.of(), List.of(Silhouette.TOUCHES_EDGE));
    }

    /** The same on a picture of which one of these pixels has so many along a side. */
    public Measured enlarged(double pixels) {
        return new Measured(measurements.stream().map(one -> one.enlarged(pixels)).toList(), flags);
    }
}
