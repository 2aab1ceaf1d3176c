// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Cells of none of the findings that are shown beside the others, so that a network learns to be
 * sure of nothing about them (outlier exposure, Hendrycks et al. 2019, arXiv:1812.04606): all
 * findings should be equally likely, and no composed sentence should choose them. Immutable.
 *
 * @param pixels to draw from
 * @param share of them a batch, for each labelled cell in it, 0 to 1
 */
public record Outliers(List<CellPixels> pixels, double share) {

    /** Labelled cells alone. */
    public static final Outliers NONE = new Outliers(List.of(), 0);

    /** Weight of what a network says of them in the loss, as in the source. */
    static final double WEIGHT = 0.5;

    public Outliers {
        pixels = List.copyOf(pixels);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "share %s of outliers is out of bounds; give 0 to 1".formatted(share));
        }
        if (share > 0 && pixels.isEmpty()) {
            throw new IllegalArgumentException(
                    "a share of %s of outliers, and none to draw from".formatted(share));
        }
    }

    /** Draws those of a batch; draws nothing from the source where there are none. */
    List<CellPixels> drawn(int cells, Random random) {
        List<CellPixels> drawn = new ArrayList<>();
        for (int i = 0; i < Math.round(share * cells); i++) {
            drawn.add(pixels.get(random.nextInt(pixels.size())));
        }
        return drawn;
    }
}
