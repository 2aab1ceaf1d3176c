// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far truth was from what was measured, as quotients truth over estimate: split conformal
 * prediction (Papadopoulos et al. 2002) on cells that the head was not trained on.
 *
 * @param quotients by quantity; quantities without bounds are not given
 */
public record ErrorBounds(Map<Quantity, Bounds> quotients) {

    /** Share of cells whose truth the interval is to hold. */
    public static final double COVERAGE = 0.95;

    /** Least and greatest quotient. */
    public record Bounds(double lower, double upper) {

        public Bounds {
            if (!(lower > 0 && lower <= upper && upper < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "error bounds %s to %s; give two factors in order".formatted(lower, upper));
            }
        }
    }

    public ErrorBounds {
        quotients =
                quotients.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new EnumMap<>(quotients));
    }

    /** The bounds that a share {@link #COVERAGE} of these quotients lies between. */
    public static Bounds of(double[] quotients) {
        double[] sorted = quotients.clone();
        Arrays.sort(sorted);
        double tail = (1 - COVERAGE) / 2;
        int low = (int) Math.floor(tail * (sorted.length + 1)) - 1;
        int high = (int) Math.ceil((1 - tail) * (sorted.length + 1)) - 1;
        return new Bounds(sorted[Math.max(0, low)], sorted[Math.min(sorted.length - 1, high)]);
    }

    /** A value with its interval; empty where the quantity has no bounds. */
    Optional<Measurement> around(Quantity quantity, double value) {
        return Optional.ofNullable(quotients.get(quantity))
                .map(b -> new Measurement(quantity, value, value * b.lower(), value * b.upper()));
    }
}
