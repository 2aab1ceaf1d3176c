// Licensed under the Apache License, Version 2.0.
/**
 * Bytes to pixels: the gate that looks before anything is decoded, the decoder, the recipe that
 * turns a cell's pixels into what the encoder was trained on. Knows no other package; only this one
 * and {@code io.cytolog.cell} name OpenCV.
 */
@NullMarked
package io.cytolog.image;

import org.jspecify.annotations.NullMarked;
