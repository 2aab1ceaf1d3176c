// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * What an image file says of itself before it is decoded.
 *
 * @param width pixels
 * @param height pixels
 * @param bitsPerSample 1 to 16
 */
public record ImageHeader(ImageFormat format, int width, int height, int bitsPerSample) {

    public long pixels() {
        return (long) width * height;
    }
}
