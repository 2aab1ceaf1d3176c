// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import java.awt.Color;

/** Colours that can be told apart, as many as are needed. Stateless. */
final class Palette {

    private static final float GOLDEN = 0.618034f;

    private Palette() {}

    /** Colour {@code place} of {@code count}: hues in even steps, brightness in turn. */
    static Color of(int place, int count) {
        float hue = count <= 10 ? (float) place / count : place * GOLDEN % 1;
        float saturation = place % 2 == 0 ? 0.75f : 0.55f;
        float brightness = place % 3 == 0 ? 0.62f : place % 3 == 1 ? 0.82f : 0.72f;
        return Color.getHSBColor(hue, saturation, brightness);
    }
}
