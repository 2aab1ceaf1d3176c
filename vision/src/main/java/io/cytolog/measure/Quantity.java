// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.Arrays;
import java.util.Optional;

/** What can be measured. Units are written as in UCUM. */
public enum Quantity {
    /** Area of the cell. */
    CELL_AREA("cell-area", "um2", 2, 1),
    /** Diameter of the disc of the cell's area. */
    CELL_DIAMETER("cell-diameter", "um", 1, 1),
    /** Area of all parts of the nucleus. */
    NUCLEUS_AREA("nucleus-area", "um2", 2, 1),
    /** Diameter of the disc of the nucleus's area. */
    NUCLEUS_DIAMETER("nucleus-diameter", "um", 1, 1),
    /** Area of the nucleus over that of the rest of the cell. */
    NUCLEUS_TO_CYTOPLASM_RATIO("nucleus-to-cytoplasm-ratio", "1", 0, 1),
    /** Length of the outline of the ellipse that fits; in millimetres, as heads are measured. */
    CIRCUMFERENCE("circumference", "mm", 1, 1e-3);

    private final String id;
    private final String unit;
    private final int dimension;
    private final double perMicron;

    Quantity(String id, String unit, int dimension, double perMicron) {
        this.id = id;
        this.unit = unit;
        this.dimension = dimension;
        this.perMicron = perMicron;
    }

    /** As in messages and files. */
    public String id() {
        return id;
    }

    /** UCUM; 1 for a plain number. */
    public String unit() {
        return unit;
    }

    /** 0 for a ratio, 1 for a length, 2 for an area. */
    public int dimension() {
        return dimension;
    }

    /** What one of a pixel's power is in the unit. */
    double factor(double micronsPerPixel) {
        return Math.pow(micronsPerPixel * perMicron, dimension);
    }

    /** The quantity of that id; empty when there is none. */
    public static Optional<Quantity> of(String id) {
        return Arrays.stream(values()).filter(quantity -> quantity.id.equals(id)).findFirst();
    }
}
