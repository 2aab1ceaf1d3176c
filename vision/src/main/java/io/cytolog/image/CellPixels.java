// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * One cell as the encoder takes it: uint8 RGB, row by row, {@code [side, side, 3]}. The array is
 * shared, not copied, and nobody writes to it.
 */
public final class CellPixels {

    private final int side;
    private final byte[] rgb;

    public CellPixels(int side, byte[] rgb) {
        if (rgb.length != side * side * 3) {
            throw new IllegalArgumentException(
                    "%d bytes are not %d x %d x 3".formatted(rgb.length, side, side));
        }
        this.side = side;
        this.rgb = rgb;
    }

    public int side() {
        return side;
    }

    /** The wrapped array itself; readers must not write to it. */
    public byte[] rgb() {
        return rgb;
    }

    @Override
    public String toString() {
        return "CellPixels[" + side + "x" + side + "]";
    }
}
