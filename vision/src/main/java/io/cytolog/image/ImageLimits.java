// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * Bounds that the gate holds an image to before it is decoded.
 *
 * @param maxBytes longest file, bytes
 * @param maxSide longest side, pixels
 * @param maxPixels largest area, pixels
 * @param minSide shortest side, pixels; a cell cannot be read from less
 */
public record ImageLimits(long maxBytes, int maxSide, long maxPixels, int minSide) {

    /** 64 MiB, 20,000 px a side, 100 megapixels, at least 16 px a side. */
    public static final ImageLimits DEFAULT = new ImageLimits(64L << 20, 20_000, 100_000_000L, 16);

    public ImageLimits {
        if (maxBytes <= 0 || maxSide <= 0 || maxPixels <= 0 || minSide <= 0) {
            throw new IllegalArgumentException("image limits must be positive");
        }
    }
}
