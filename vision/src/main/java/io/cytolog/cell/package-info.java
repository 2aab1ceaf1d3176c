// Licensed under the Apache License, Version 2.0.
/**
 * Finds the cells of a picture: a field gives nucleated cells with boxes, a cell crop is itself.
 * Stands on io.cytolog.image.
 */
@NullMarked
package io.cytolog.cell;

import org.jspecify.annotations.NullMarked;
