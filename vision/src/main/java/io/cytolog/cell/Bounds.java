// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import org.jspecify.annotations.Nullable;

/** A rectangle of the working image by its outermost pixels, all of them inside. */
record Bounds(int left, int top, int right, int bottom) {

    /** Bounds that hold one pixel more; made anew only when they grow. */
    static Bounds extended(@Nullable Bounds bounds, int x, int y) {
        if (bounds == null) {
            return new Bounds(x, y, x, y);
        }
        return bounds.holds(x, y) ? bounds : bounds.with(new Bounds(x, y, x, y));
    }

    Bounds with(Bounds other) {
        return new Bounds(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    /** Wider by so many pixels on every side, but inside an image. */
    Bounds grown(int pixels, int width, int height) {
        return new Bounds(
                Math.max(0, left - pixels),
                Math.max(0, top - pixels),
                Math.min(width - 1, right + pixels),
                Math.min(height - 1, bottom + pixels));
    }

    boolean touches(int width, int height) {
        return left <= 0 || top <= 0 || right >= width - 1 || bottom >= height - 1;
    }

    /** True when the two share a pixel or lie side by side. */
    boolean meets(Bounds other) {
        return left <= other.right + 1
                && other.left <= right + 1
                && top <= other.bottom + 1
                && other.top <= bottom + 1;
    }

    int width() {
        return right - left + 1;
    }

    int height() {
        return bottom - top + 1;
    }

    int longer() {
        return Math.max(width(), height());
    }

    private boolean holds(int x, int y) {
        return x >= left && x <= right && y >= top && y <= bottom;
    }
}
