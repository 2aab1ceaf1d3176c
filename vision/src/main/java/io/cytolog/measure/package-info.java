// Licensed under the Apache License, Version 2.0.
/**
 * From outlines to lengths, areas and ratios with their intervals. Plain geometry: needs no
 * neighbour.
 */
@NullMarked
package io.cytolog.measure;

import org.jspecify.annotations.NullMarked;
