// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Optional;

/**
 * Walks the pixels that a cell may touch and keeps the box of those that it really covers. One
 * thread owns it.
 */
final class Brush {
    /** Beyond the nominal radius a wavy outline still reaches this far. */
    private static final double REACH = 1.35;

    private final Canvas canvas;
    private final Place place;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;

    Brush(Canvas canvas, Place place) {
        this.canvas = canvas;
        this.place = place;
    }

    /**
     * Paints one pixel: its place on the canvas, its coordinates in cell radii, its share of the
     * body.
     */
    @FunctionalInterface
    interface Dab {
        void paint(int x, int y, double u, double v, double body);
    }

    void over(Outline body, Dab dab) {
        double reach = place.radius() * REACH + 2;
        int y0 = Math.max(0, (int) (place.y() - reach));
        int y1 = Math.min(canvas.height() - 1, (int) (place.y() + reach));
        int x0 = Math.max(0, (int) (place.x() - reach));
        int x1 = Math.min(canvas.width() - 1, (int) (place.x() + reach));
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                double u = (x - place.x()) / place.radius();
                double v = (y - place.y()) / place.radius();
                double inside = share(body, u, v);
                if (inside > 0) {
                    dab.paint(x, y, u, v, inside);
                }
                if (inside > 0.5) {
                    note(x, y);
                }
            }
        }
    }

    /** How much of the pixel lies inside, 0 to 1, over an edge of about two pixels. */
    double share(Outline outline, double u, double v) {
        return Curve.clamp(0.5 - outline.distance(u, v) * place.radius() / 2);
    }

    Optional<TrueCell> box() {
        if (right < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new TrueCell(place.kind(), left, top, right - left + 1, bottom - top + 1));
    }

    private void note(int x, int y) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
    }
}
