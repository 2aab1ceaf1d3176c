// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Quantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A network that outlines cells, as a release may carry one: input {@code pixels} as the encoder's,
 * output {@code outlines} float {@code [n, 2, mapSide, mapSide]}, probabilities of cell and
 * nucleus.
 *
 * @param file name of the model in the release
 * @param boundsFrom what the error bounds were found on, in words
 * @param bounds by quantity id, quotients truth over estimate
 * @param goldenAreas what it gives for the release's golden pixels
 */
public record MeasurementHead(
        String file,
        int mapSide,
        String boundsFrom,
        Map<String, ErrorBounds.Bounds> bounds,
        List<Areas> goldenAreas) {

    /** Areas of one picture, square pixels of the map. */
    public record Areas(double cell, double nucleus) {}

    private static final int LEAST_SIDE = 8;
    private static final int MOST_SIDE = 512;

    public MeasurementHead {
        bounds = Map.copyOf(bounds);
        goldenAreas = List.copyOf(goldenAreas);
        if (mapSide < LEAST_SIDE || mapSide > MOST_SIDE) {
            throw new IllegalArgumentException(
                    "mapSide=%d is not %d to %d".formatted(mapSide, LEAST_SIDE, MOST_SIDE));
        }
        for (String id : bounds.keySet()) {
            if (Quantity.of(id).isEmpty()) {
                throw new IllegalArgumentException(
                        "bounds of '%s', which nobody measures".formatted(id));
            }
        }
    }

    /** The bounds by quantity. */
    public ErrorBounds errorBounds() {
        Map<Quantity, ErrorBounds.Bounds> byQuantity = new EnumMap<>(Quantity.class);
        bounds.forEach((id, one) -> byQuantity.put(Quantity.of(id).orElseThrow(), one));
        return new ErrorBounds(byQuantity);
    }
}
