// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.LocatedCell;
import io.cytolog.image.CellPixels;

/** A located cell with the pixels that the encoder takes. */
public record PreparedCell(LocatedCell cell, CellPixels pixels) {}
