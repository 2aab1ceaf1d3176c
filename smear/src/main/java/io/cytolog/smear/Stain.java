// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.List;
import java.util.Random;

/**
 * How a slide was stained and lit: every slide a little differently, one slide alike throughout.
 */
record Stain(Ink background, Ink redCell, Ink tint) {
    private static final List<Ink> LIGHTS =
            List.of(
                    Ink.of(252, 232, 212),
                    Ink.of(249, 234, 224),
                    Ink.of(240, 233, 238),
                    Ink.of(244, 238, 228));

    static Stain of(Random random) {
        Ink background = LIGHTS.get(random.nextInt(LIGHTS.size())).varied(random, 0.012);
        Ink redCell = Ink.of(222, 178, 178).varied(random, 0.03);
        Ink tint = new Ink(1, 1, 1).varied(random, 0.05);
        return new Stain(background, redCell, tint);
    }

    /** A dye's colour as this slide shows it. */
    Ink dyed(Ink ink) {
        return ink.times(tint).times(background.mix(new Ink(1, 1, 1), 0.6));
    }
}
