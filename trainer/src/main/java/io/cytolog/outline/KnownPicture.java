// Licensed under the Apache License, Version 2.0.
package io.cytolog.outline;

import io.cytolog.fit.OutlinedPicture;
import io.cytolog.measure.Quantity;
import java.util.Map;

/**
 * A rendered picture and what is true of it.
 *
 * @param subject what it shows, in words
 * @param truth by quantity, in pixels of the source picture
 * @param sourcePixels of the source picture that one pixel of this has along a side
 */
public record KnownPicture(
        String subject, OutlinedPicture picture, Map<Quantity, Double> truth, double sourcePixels) {

    public KnownPicture {
        truth = Map.copyOf(truth);
    }
}
