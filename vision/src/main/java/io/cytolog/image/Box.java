// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/** A rectangle in pixels of the source image; the origin is the image's top left corner. */
public record Box(int x, int y, int width, int height) {

    public Box {
        if (x < 0 || y < 0 || width <= 0 || height <= 0) {
            throw new IllegalArgumentException(
                    "box %d,%d %dx%d is empty or starts outside the image"
                            .formatted(x, y, width, height));
        }
    }

    /** The box that covers a whole image. */
    public static Box whole(int width, int height) {
        return new Box(0, 0, width, height);
    }

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    public long area() {
        return (long) width * height;
    }

    /** Intersection over union with another box, 0 to 1. */
    public double overlap(Box other) {
        long w = Math.min(right(), other.right()) - Math.max(x, other.x);
        long h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double shared = (double) w * h;
        return shared / (area() + other.area() - shared);
    }
}
