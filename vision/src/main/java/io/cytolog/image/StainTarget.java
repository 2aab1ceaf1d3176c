// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.util.List;

/**
 * The colours that cells are brought to: mean and deviation of each channel of CIE LAB, each 0 to
 * 255 as OpenCV has it in 8 bits (Reinhard et al. 2001, Color Transfer between Images). Black
 * surroundings of cells that were cut out take no part.
 *
 * @param means of L, a and b; empty for {@link #NONE}
 * @param deviations of L, a and b, positive; empty for {@link #NONE}
 */
public record StainTarget(List<Double> means, List<Double> deviations) {

    /** Colours stay as they are. */
    public static final StainTarget NONE = new StainTarget(List.of(), List.of());

    private static final int CHANNELS = 3;

    public StainTarget {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        boolean none = means.isEmpty() && deviations.isEmpty();
        boolean whole = means.size() == CHANNELS && deviations.size() == CHANNELS;
        boolean bounded =
                means.stream().allMatch(mean -> mean >= 0 && mean <= 255)
                        && deviations.stream().allMatch(d -> d > 0 && d <= 128);
        if (!none && !(whole && bounded)) {
            throw new IllegalArgumentException(
                    "recipe.stain=%s, %s is out of bounds; give three means of 0 to 255 and three deviations above 0, at most 128"
                            .formatted(means, deviations));
        }
    }

    public boolean isNone() {
        return means.isEmpty();
    }
}
