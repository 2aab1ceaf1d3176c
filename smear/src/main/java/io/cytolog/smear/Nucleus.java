// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Random;

/** Shapes of nuclei, in units of the cell's radius, as a morphologist would sketch them. */
final class Nucleus {
    private Nucleus() {}

    static Outline of(CellKind kind, Random random) {
        Outline shape =
                switch (kind) {
                    case SEGMENTED_NEUTROPHIL -> segmented(random, 3 + random.nextInt(3));
                    case BAND_NEUTROPHIL -> band(random);
                    case LYMPHOCYTE -> round(random, 0.80, 0.86, 0.10, 0.35);
                    case MONOCYTE -> kidney(random);
                    case EOSINOPHIL -> bilobed(random, 0.40, 0.46);
                    case BASOPHIL -> bilobed(random, 0.48, 0.55);
                    case ERYTHROBLAST -> round(random, 0.54, 0.62, 0.14, 0.0);
                    case BLAST -> round(random, 0.80, 0.86, 0.09, 0.45);
                    case RED_CELL, PLATELET ->
                            throw new IllegalArgumentException(kind + " has no nucleus");
                };
        return shape.rough(new Noise(random.nextLong()), 0.035, 0.3)
                .turned(Curve.between(random, 0, 2 * Math.PI));
    }

    /** Lobes on an arc, joined by threads. */
    private static Outline segmented(Random random, int lobes) {
        double spread = Curve.between(random, 0.85, 1.15) * (lobes == 3 ? 1.05 : 0.92);
        double orbit = Curve.between(random, 0.42, 0.50);
        double size = lobes == 3 ? 0.31 : lobes == 4 ? 0.27 : 0.245;
        double px = 0;
        double py = 0;
        Outline all = null;
        for (int i = 0; i < lobes; i++) {
            double angle = i * 2 * Math.PI / lobes * spread + Curve.between(random, -0.12, 0.12);
            double reach = orbit * Curve.between(random, 0.85, 1.12);
            double cx = reach * StrictMath.cos(angle);
            double cy = reach * StrictMath.sin(angle);
            Outline lobe =
                    Outline.ellipse(
                            cx,
                            cy,
                            size * Curve.between(random, 1.0, 1.3),
                            size * Curve.between(random, 0.82, 1.0),
                            angle + Curve.between(random, 0.6, 2.4));
            all =
                    all == null
                            ? lobe
                            : all.union(lobe, 0.05).union(Outline.rod(px, py, cx, cy, 0.07), 0.12);
            px = cx;
            py = cy;
        }
        return all;
    }

    /** A sausage of even width, bent to a C or a U. */
    private static Outline band(Random random) {
        double bend = Curve.between(random, 2.6, 4.0);
        double orbit = Curve.between(random, 0.42, 0.50);
        double width = Curve.between(random, 0.20, 0.25);
        int steps = 14;
        Outline all = null;
        for (int i = 0; i < steps; i++) {
            double a = -bend / 2 + bend * i / steps;
            double b = -bend / 2 + bend * (i + 1) / steps;
            Outline piece =
                    Outline.rod(
                            orbit * StrictMath.cos(a) - 0.08,
                            orbit * 1.05 * StrictMath.sin(a),
                            orbit * StrictMath.cos(b) - 0.08,
                            orbit * 1.05 * StrictMath.sin(b),
                            width * (1 + 0.12 * StrictMath.sin(i * 1.1 + bend)));
            all = all == null ? piece : all.union(piece, 0.02);
        }
        return all;
    }

    /**
     * A round nucleus off the middle by up to {@code off}; {@code dent} is how often it has a dent.
     */
    private static Outline round(Random random, double from, double to, double off, double dent) {
        double size = Curve.between(random, from, to);
        Outline body =
                Outline.wavy(random, size, 0.07)
                        .moved(
                                Curve.between(random, 0, off),
                                Curve.between(random, -off / 2, off / 2));
        if (random.nextDouble() >= dent) {
            return body;
        }
        double depth = Curve.between(random, 0.02, 0.12);
        return body.without(Outline.ellipse(-size - 0.12 + depth, 0.1, 0.22, 0.30, 0), 0.15);
    }

    /** A large folded nucleus with a deep dent. */
    private static Outline kidney(Random random) {
        double depth = Curve.between(random, 0.30, 0.50);
        Outline body =
                Outline.ellipse(
                                0.06,
                                0,
                                Curve.between(random, 0.58, 0.68),
                                Curve.between(random, 0.70, 0.78),
                                0)
                        .union(
                                Outline.ellipse(
                                        -0.2, Curve.between(random, 0.3, 0.42), 0.4, 0.32, 0.5),
                                0.2);
        double angle = Curve.between(random, -0.3, 0.3);
        return body.without(Outline.ellipse(-0.72 + depth, -0.12, 0.32, 0.20, angle), 0.22);
    }

    private static Outline bilobed(Random random, double from, double to) {
        double gap = Curve.between(random, 0.36, 0.44);
        Outline one =
                Outline.ellipse(
                        0.16,
                        -gap,
                        Curve.between(random, from, to),
                        Curve.between(random, from, to) * 0.85,
                        Curve.between(random, -0.4, 0.6));
        Outline two =
                Outline.ellipse(
                        0.16,
                        gap,
                        Curve.between(random, from, to),
                        Curve.between(random, from, to) * 0.85,
                        Curve.between(random, -0.6, 0.4));
        double thread = Curve.between(random, 0.3, 0.42);
        return one.union(two, 0.04).union(Outline.rod(thread, -gap, thread, gap, 0.1), 0.1);
    }
}
