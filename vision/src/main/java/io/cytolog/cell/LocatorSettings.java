// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

/**
 * Bounds of {@link StainCellLocator}. Lengths are in red cell diameters (about 7.5 micrometres) and
 * areas in squares of it, so that they hold at any magnification; stain is optical density over the
 * background (natural logarithm).
 *
 * @param workingDiameter a red cell's diameter in the image that is worked on, pixels
 * @param mostWorkingPixels largest image that is worked on, pixels; larger ones are scaled down
 * @param leastNuclearStain least methylene blue of a nucleus, optical density
 * @param leastNucleus least nuclear area of a cell, squares of a red cell diameter
 * @param leastRadius least inscribed radius of a cell's largest lobe, red cell diameters; folded
 *     red cells are thinner
 * @param leastLobe least area of a nuclear lobe, squares of a red cell diameter
 * @param wholeNucleus least inscribed radius of a nucleus that is no lobe, red cell diameters
 * @param lobeGap widest gap between lobes of one nucleus, red cell diameters
 * @param longestNucleus longest extent of the lobes of one nucleus, red cell diameters
 * @param cytoplasmReach how far cytoplasm reaches from the nucleus, red cell diameters
 * @param margin added around a cell on every side, red cell diameters
 * @param leastCytoplasm least purple of cytoplasm, optical density
 * @param share a red cell's diameter over the longer side of a field that shows none
 */
public record LocatorSettings(
        double workingDiameter,
        int mostWorkingPixels,
        double leastNuclearStain,
        double leastNucleus,
        double leastRadius,
        double leastLobe,
        double wholeNucleus,
        double lobeGap,
        double longestNucleus,
        double cytoplasmReach,
        double margin,
        double leastCytoplasm,
        double share) {

    /** Chosen on oil-immersion fields of Romanowsky-stained blood; see docs/CELL_LOCATION.md. */
    public static final LocatorSettings DEFAULT =
            new LocatorSettings(
                    40, 4_000_000, 0.12, 0.22, 0.16, 0.05, 0.45, 0.35, 2.6, 0.45, 0.03, 0.05, 0.14);

    public LocatorSettings {
        require(workingDiameter >= 8, "workingDiameter", workingDiameter, "8 or more");
        require(mostWorkingPixels >= 10_000, "mostWorkingPixels", mostWorkingPixels, "10,000+");
        require(leastNuclearStain > 0, "leastNuclearStain", leastNuclearStain, "more than 0");
        require(leastNucleus > 0, "leastNucleus", leastNucleus, "more than 0");
        require(leastLobe > 0, "leastLobe", leastLobe, "more than 0");
        require(wholeNucleus > 0, "wholeNucleus", wholeNucleus, "more than 0");
        require(lobeGap >= 0, "lobeGap", lobeGap, "0 or more");
        require(longestNucleus > 0, "longestNucleus", longestNucleus, "more than 0");
        require(cytoplasmReach >= 0, "cytoplasmReach", cytoplasmReach, "0 or more");
        require(margin >= 0, "margin", margin, "0 or more");
    }

    private static void require(boolean holds, String name, Number value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "locator.%s=%s is out of bounds; give %s".formatted(name, value, bound));
        }
    }
}
