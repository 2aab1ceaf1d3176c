// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/** A drawn cell and its visible box, in pixels of the image; the ground truth of a field. */
public record TrueCell(CellKind kind, int x, int y, int width, int height) {
    public TrueCell {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "box [%d,%d,%d,%d] is empty or outside; give pixels of the image"
                            .formatted(x, y, width, height));
        }
    }
}
