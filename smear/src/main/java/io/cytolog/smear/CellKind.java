// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/**
 * What can be drawn; ids of white cells are those of the project's findings, so truth and answer
 * compare.
 */
public enum CellKind {
    RED_CELL("red_cell", 6.8, 8.0),
    PLATELET("platelet", 2.0, 3.4),
    SEGMENTED_NEUTROPHIL("neutrophil_segmented", 12.0, 14.0),
    BAND_NEUTROPHIL("neutrophil_band", 12.0, 14.0),
    LYMPHOCYTE("lymphocyte", 8.5, 10.5),
    MONOCYTE("monocyte", 14.5, 17.5),
    EOSINOPHIL("eosinophil", 12.5, 14.5),
    BASOPHIL("basophil", 11.0, 13.0),
    ERYTHROBLAST("erythroblast", 8.5, 10.5),
    BLAST("blast", 13.0, 16.0);

    private final String id;
    private final double smallest;
    private final double largest;

    CellKind(String id, double smallest, double largest) {
        this.id = id;
        this.smallest = smallest;
        this.largest = largest;
    }

    public String id() {
        return id;
    }

    /** Whether the cell has a nucleus and so is one that a locator should find. */
    public boolean nucleated() {
        return this != RED_CELL && this != PLATELET;
    }

    /** Diameter in micrometres at {@code share} (0 to 1) of the usual range. */
    double diameter(double share) {
        return smallest + (largest - smallest) * share;
    }
}
