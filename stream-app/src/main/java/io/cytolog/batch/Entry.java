// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.image.CellPixels;
import java.util.List;

/** An image that stands in line before its lane. A class, since two equal images stand twice. */
final class Entry {

    private final List<CellPixels> cells;
    private final Priority priority;
    private final long bytes;

    Entry(List<CellPixels> cells, Priority priority) {
        this.cells = cells;
        this.priority = priority;
        this.bytes = CellJob.bytesOf(cells);
    }

    List<CellPixels> cells() {
        return cells;
    }

    Priority priority() {
        return priority;
    }

    long bytes() {
        return bytes;
    }
}
