// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.awt.image.BufferedImage;
import java.util.List;

/** An image and what is truly in it, white cells first. */
public record RenderedField(BufferedImage image, List<TrueCell> cells) {
    public RenderedField {
        cells = List.copyOf(cells);
    }

    public List<TrueCell> nucleated() {
        return cells.stream().filter(cell -> cell.kind().nucleated()).toList();
    }
}
