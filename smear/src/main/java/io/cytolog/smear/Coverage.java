// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/** How much of each pixel a shape covers, by looking at sixteen points of those on its edge. */
final class Coverage {

    private static final int POINTS = 4;

    /** Pixels from the edge within which a pixel may be covered in part; outlines are rough. */
    private static final double EDGE = 3;

    private Coverage() {}

    /**
     * @param side of the picture, pixels
     */
    static float[] of(Outline outline, Place place, int side) {
        float[] shares = new float[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double u = (x - place.x()) / place.radius();
                double v = (y - place.y()) / place.radius();
                double away = outline.distance(u, v) * place.radius();
                shares[y * side + x] =
                        Math.abs(away) > EDGE ? (away < 0 ? 1 : 0) : share(outline, place, x, y);
            }
        }
        return shares;
    }

    private static float share(Outline outline, Place place, int x, int y) {
        int inside = 0;
        for (int i = 0; i < POINTS * POINTS; i++) {
            double px = x + (i % POINTS + 0.5) / POINTS - 0.5;
            double py = y + (i / POINTS + 0.5) / POINTS - 0.5;
            double away =
                    outline.distance(
                            (px - place.x()) / place.radius(), (py - place.y()) / place.radius());
            inside += away < 0 ? 1 : 0;
        }
        return (float) inside / (POINTS * POINTS);
    }
}
