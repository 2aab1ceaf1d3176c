// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Optional;
import java.util.Random;

/** Draws a platelet: a small ragged violet body with purple granules in its middle. */
final class Platelet {
    private static final Ink HYALOMERE = Ink.of(206, 184, 214);
    private static final Ink GRANULE = Ink.of(122, 72, 146);

    private Platelet() {}

    static Optional<TrueCell> paint(Canvas canvas, Place place, Stain stain) {
        Random random = new Random(place.seed());
        Noise noise = new Noise(random.nextLong());
        Outline body =
                Outline.wavy(random, 0.9, 0.14).rough(new Noise(random.nextLong()), 0.16, 0.35);
        Ink pale = stain.dyed(HYALOMERE);
        Ink dark = stain.dyed(GRANULE);
        Brush brush = new Brush(canvas, place);
        brush.over(
                body,
                (x, y, u, v, inside) -> {
                    double middle = Curve.step(1.0, 0.35, StrictMath.hypot(u, v));
                    double grain =
                            Curve.step(
                                    0.62,
                                    0.25,
                                    noise.clumps(u * 2.6, v * 2.6) + 0.25 * (1 - middle));
                    canvas.cover(x, y, inside * 0.92, pale.mix(dark, 0.2 * middle + 0.75 * grain));
                });
        return brush.box();
    }
}
