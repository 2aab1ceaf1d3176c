// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Random;

/** Small numeric curves that every painter shares. */
final class Curve {
    private Curve() {}

    static double clamp(double value) {
        return Math.clamp(value, 0.0, 1.0);
    }

    /** 0 below {@code from}, 1 above {@code to}, smooth between. */
    static double step(double from, double to, double value) {
        double t = clamp((value - from) / (to - from));
        return t * t * (3 - 2 * t);
    }

    static double between(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }
}
