// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.image.Box;
import java.util.List;

/**
 * A cell found in an image.
 *
 * @param box in pixels of the source image
 * @param qualityFlags remarks such as {@code touches-edge} or {@code clumped}
 */
public record LocatedCell(Box box, List<String> qualityFlags) {

    public LocatedCell {
        qualityFlags = List.copyOf(qualityFlags);
    }

    /** Whether the edge of the image cuts it, so that part of it is not seen. */
    public boolean cutByEdge() {
        return qualityFlags.contains(StainCellLocator.TOUCHES_EDGE);
    }
}
