// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Optional;
import java.util.Random;

/**
 * Draws a red cell: a salmon disc with a pale centre and a soft edge, now and then out of shape.
 */
final class RedCell {
    private RedCell() {}

    static Optional<TrueCell> paint(Canvas canvas, Place place, Stain stain) {
        Random random = new Random(place.seed());
        double stretch = 1 + Math.abs(Curve.between(random, -0.16, 0.16));
        double angle = Curve.between(random, 0, Math.PI);
        Outline body = stretched(body(random), stretch).turned(angle);
        double pallor = Curve.between(random, 0.25, 0.75);
        double hollow = Curve.between(random, 0.30, 0.48);
        double offU = Curve.between(random, -0.08, 0.08);
        double offV = Curve.between(random, -0.08, 0.08);
        double depth = Curve.between(random, 0.72, 1.0);
        Noise noise = new Noise(random.nextLong());
        Brush brush = new Brush(canvas, place);
        brush.over(
                body,
                (x, y, u, v, inside) -> {
                    double inward = -body.distance(u, v);
                    double edge =
                            1
                                    - 0.25 * Curve.step(0.16, 0.0, inward)
                                    + 0.16 * Curve.step(0.05, 0.0, inward);
                    double centre = StrictMath.hypot(u - offU, v - offV);
                    double pale =
                            1 - pallor * (1 - Curve.step(hollow * 0.35, hollow * 1.55, centre));
                    double cloud = 0.94 + 0.12 * noise.octaves(u * 3, v * 3, 2);
                    canvas.stain(x, y, inside * depth * edge * pale * cloud, stain.redCell());
                });
        return brush.box();
    }

    /** Mostly round, some lumpy, a few drawn out to a drop. */
    private static Outline body(Random random) {
        double odd = random.nextDouble();
        if (odd > 0.985) {
            return Outline.ellipse(-0.1, 0, 0.82, 0.8, 0)
                    .union(Outline.rod(0, 0, Curve.between(random, 0.85, 1.15), 0, 0.1), 0.5);
        }
        return Outline.wavy(random, 0.97, odd > 0.8 ? 0.11 : 0.05)
                .rough(new Noise(random.nextLong()), 0.025, 0.6);
    }

    private static Outline stretched(Outline outline, double by) {
        double wide = Math.sqrt(by);
        return (u, v) -> outline.distance(u / wide, v * wide);
    }
}
