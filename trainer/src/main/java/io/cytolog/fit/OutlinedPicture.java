// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;

/**
 * A picture with where its cell and its nucleus are. The arrays are shared, not copied.
 *
 * @param body share of each pixel that the cell covers, 0 to 255, row by row
 * @param nucleus share of each pixel that its nucleus covers
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutlinedPicture(CellPixels pixels, byte[] body, byte[] nucleus) {}
