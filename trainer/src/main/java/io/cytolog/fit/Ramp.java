// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/**
 * Strength of augmentation along a run: 0 only turns and flips, 1 alters as far as is ever done.
 *
 * @param first in the first step
 * @param last in the last one; between them it changes evenly (progressive learning, Tan and Le
 *     2021, arXiv:2104.00298)
 */
public record Ramp(double first, double last) {

    /** As far as is ever done, from the first step on. */
    public static final Ramp FULL = new Ramp(1, 1);

    public Ramp {
        if (!(first >= 0 && first <= 1 && last >= 0 && last <= 1)) {
            throw new IllegalArgumentException(
                    "augmentation of strength %s to %s is out of bounds; give 0 to 1"
                            .formatted(first, last));
        }
    }

    /** Up to that strength, from half of it. */
    public static Ramp upTo(double last) {
        return new Ramp(last / 2, last);
    }

    double at(int step, int steps) {
        return first + (last - first) * step / Math.max(1, steps - 1);
    }
}
