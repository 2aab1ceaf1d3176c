// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/**
 * How a kind of white cell takes the stain.
 *
 * @param cytoplasm colour of the body
 * @param rim colour of its outermost part
 * @param dark heterochromatin
 * @param light euchromatin
 * @param clump wavelength of the chromatin's pattern in micrometres
 * @param contrast how far light and dark chromatin differ, 0 to 1
 * @param granule colour of the granules
 * @param granules how many a square micrometre
 * @param granuleSize radius in micrometres
 * @param overNucleus whether granules also lie on the nucleus
 * @param vacuoles the most vacuoles
 * @param nucleoli the most nucleoli
 */
record Look(
        Ink cytoplasm,
        Ink rim,
        Ink dark,
        Ink light,
        double clump,
        double contrast,
        Ink granule,
        double granules,
        double granuleSize,
        boolean overNucleus,
        int vacuoles,
        int nucleoli) {
    private static final Ink VIOLET = Ink.of(56, 34, 104);
    private static final Ink LILAC = Ink.of(150, 100, 172);
    private static final Ink DUST = Ink.of(176, 118, 156);

    static Look of(CellKind kind) {
        return switch (kind) {
            case SEGMENTED_NEUTROPHIL, BAND_NEUTROPHIL ->
                    new Look(
                            Ink.of(232, 206, 210),
                            Ink.of(222, 190, 200),
                            VIOLET,
                            LILAC,
                            1.0,
                            0.75,
                            DUST,
                            3.2,
                            0.16,
                            false,
                            0,
                            0);
            case EOSINOPHIL ->
                    new Look(
                            Ink.of(226, 168, 156),
                            Ink.of(212, 150, 146),
                            VIOLET,
                            LILAC,
                            1.0,
                            0.75,
                            Ink.of(212, 122, 104),
                            4.6,
                            0.30,
                            false,
                            0,
                            0);
            case BASOPHIL ->
                    new Look(
                            Ink.of(206, 178, 206),
                            Ink.of(190, 150, 190),
                            Ink.of(76, 48, 122),
                            Ink.of(128, 88, 158),
                            1.4,
                            0.6,
                            Ink.of(58, 28, 96),
                            3.0,
                            0.33,
                            true,
                            0,
                            0);
            case LYMPHOCYTE ->
                    new Look(
                            Ink.of(148, 168, 214),
                            Ink.of(112, 134, 196),
                            Ink.of(60, 36, 108),
                            Ink.of(146, 98, 170),
                            1.7,
                            0.8,
                            DUST,
                            0.02,
                            0.25,
                            false,
                            0,
                            0);
            case MONOCYTE ->
                    new Look(
                            Ink.of(176, 178, 204),
                            Ink.of(160, 162, 196),
                            Ink.of(82, 52, 126),
                            Ink.of(160, 120, 182),
                            1.2,
                            0.9,
                            Ink.of(156, 120, 170),
                            1.6,
                            0.13,
                            false,
                            6,
                            0);
            case ERYTHROBLAST ->
                    new Look(
                            Ink.of(176, 168, 196),
                            Ink.of(158, 152, 190),
                            Ink.of(40, 24, 76),
                            Ink.of(110, 66, 128),
                            1.0,
                            0.65,
                            DUST,
                            0,
                            0.1,
                            false,
                            0,
                            0);
            case BLAST ->
                    new Look(
                            Ink.of(122, 144, 200),
                            Ink.of(88, 106, 180),
                            Ink.of(88, 48, 136),
                            Ink.of(168, 118, 194),
                            0.7,
                            0.8,
                            DUST,
                            0,
                            0.1,
                            false,
                            1,
                            3);
            case RED_CELL, PLATELET ->
                    throw new IllegalArgumentException(kind + " is no white cell");
        };
    }
}
