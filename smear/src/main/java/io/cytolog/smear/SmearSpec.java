// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.List;

/**
 * What one field of view shows.
 *
 * @param field number of the field on its slide; another number gives another picture
 * @param width pixels
 * @param height pixels
 * @param pixelsPerMicron scale; 7 is a 60x objective, 10 a 100x one
 * @param redCellCover share of the plane offered to red cells, 0 to 1
 * @param platelets how many
 * @param whiteCells the nucleated cells to draw
 */
public record SmearSpec(
        int field,
        int width,
        int height,
        double pixelsPerMicron,
        double redCellCover,
        int platelets,
        List<CellKind> whiteCells) {
    public SmearSpec {
        whiteCells = List.copyOf(whiteCells);
        if (width < 64 || height < 64 || width > 8192 || height > 8192) {
            throw new IllegalArgumentException(
                    "size %dx%d is out of bounds; give 64 to 8192 pixels a side"
                            .formatted(width, height));
        }
        if (!(pixelsPerMicron >= 1 && pixelsPerMicron <= 20)) {
            throw new IllegalArgumentException(
                    "pixelsPerMicron=%s is out of bounds; give 1 to 20".formatted(pixelsPerMicron));
        }
        if (!(redCellCover >= 0 && redCellCover <= 1) || platelets < 0) {
            throw new IllegalArgumentException(
                    "redCellCover=%s, platelets=%d: give 0 to 1 and 0 or more"
                            .formatted(redCellCover, platelets));
        }
    }

    /** A 640x480 field with these white cells among some fifty red cells. */
    public static SmearSpec small(int field, CellKind... whiteCells) {
        return new SmearSpec(field, 640, 480, 7.0, 0.42, 5, List.of(whiteCells));
    }

    /** A 1024x768 field with these white cells among more than a hundred red cells. */
    public static SmearSpec large(int field, CellKind... whiteCells) {
        return new SmearSpec(field, 1024, 768, 7.0, 0.42, 12, List.of(whiteCells));
    }
}
