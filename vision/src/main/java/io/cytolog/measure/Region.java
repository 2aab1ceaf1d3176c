// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a map of probabilities is at least one half, finer than its pixels: between the middles of
 * four pixels the edge is where the straight line from one to the next meets one half (marching
 * squares, Lorensen and Cline 1987 in the plane). Lengths are pixels of the map; the middle of the
 * first pixel is at (0.5, 0.5). Immutable.
 */
public final class Region {

    private static final float LEVEL = 0.5f;

    /** A piece of the outline. */
    public record Piece(double x0, double y0, double x1, double y1) {}

    private final boolean[] covered;
    private final boolean touchesEdge;
    private final Moments moments = new Moments();
    private final List<Piece> outline = new ArrayList<>();

    private Region(float[] map, boolean[] covered, int side) {
        this.covered = covered;
        this.touchesEdge = touches(covered, side);
        float[] kept = map.clone();
        for (int i = 0; i < kept.length; i++) {
            if (covered[i]) {
                kept[i] = Math.max(kept[i], LEVEL);
            } else if (kept[i] >= LEVEL) {
                kept[i] = 0;
            }
        }
        for (int y = -1; y < side; y++) {
            for (int x = -1; x < side; x++) {
                square(kept, side, x, y);
            }
        }
    }

    /**
     * The largest patch of the map, holes filled.
     *
     * @param map probabilities {@code [side, side]}, row by row
     */
    public static Region largest(float[] map, int side) {
        Patches patches = Patches.of(map, side, LEVEL);
        return new Region(filled(map, patches.largest(), side), patches.largest(), side);
    }

    /** All patches of the map that lie in another region. */
    public static Region within(float[] map, int side, Region body) {
        boolean[] inside = new boolean[map.length];
        for (int i = 0; i < map.length; i++) {
            inside[i] = map[i] >= LEVEL && body.covered[i];
        }
        return new Region(map, inside, side);
    }

    private static float[] filled(float[] map, boolean[] covered, int side) {
        float[] filled = map.clone();
        boolean[] outside = Patches.reachedFromEdge(covered, side);
        for (int i = 0; i < filled.length; i++) {
            if (!covered[i] && !outside[i]) {
                covered[i] = true;
                filled[i] = 1;
            }
        }
        return filled;
    }

    private static boolean touches(boolean[] covered, int side) {
        for (int i = 0; i < side; i++) {
            if (covered[i]
                    || covered[(side - 1) * side + i]
                    || covered[i * side]
                    || covered[i * side + side - 1]) {
                return true;
            }
        }
        return false;
    }

    /** Adds the part of the square between the middles of four pixels that is inside. */
    private void square(float[] map, int side, int x, int y) {
        double[] value = {
            at(map, side, x, y),
            at(map, side, x + 1, y),
            at(map, side, x + 1, y + 1),
            at(map, side, x, y + 1)
        };
        double[] cornerX = {x + 0.5, x + 1.5, x + 1.5, x + 0.5};
        double[] cornerY = {y + 0.5, y + 0.5, y + 1.5, y + 1.5};
        double[] points = new double[16];
        double[] crossings = new double[8];
        int count = 0;
        int crossed = 0;
        for (int k = 0; k < 4; k++) {
            int next = (k + 1) % 4;
            if (value[k] >= LEVEL) {
                points[2 * count] = cornerX[k];
                points[2 * count++ + 1] = cornerY[k];
            }
            if (value[k] >= LEVEL != value[next] >= LEVEL) {
                double share = (LEVEL - value[k]) / (value[next] - value[k]);
                points[2 * count] = cornerX[k] + share * (cornerX[next] - cornerX[k]);
                points[2 * count + 1] = cornerY[k] + share * (cornerY[next] - cornerY[k]);
                crossings[2 * crossed] = points[2 * count];
                crossings[2 * crossed++ + 1] = points[2 * count++ + 1];
            }
        }
        for (int i = 0; i < count; i++) {
            int next = (i + 1) % count;
            moments.edge(points[2 * i], points[2 * i + 1], points[2 * next], points[2 * next + 1]);
        }
        for (int i = 0; i + 1 < crossed; i += 2) {
            outline.add(
                    new Piece(
                            crossings[2 * i],
                            crossings[2 * i + 1],
                            crossings[2 * i + 2],
                            crossings[2 * i + 3]));
        }
    }

    private static double at(float[] map, int side, int x, int y) {
        return x < 0 || y < 0 || x >= side || y >= side ? 0 : map[y * side + x];
    }

    public boolean isEmpty() {
        return moments.area() == 0;
    }

    /** Whether it reaches the edge of the map, so that part of it may lie beyond. */
    public boolean touchesEdge() {
        return touchesEdge;
    }

    /** Square pixels. */
    public double area() {
        return moments.area();
    }

    /**
     * The ellipse with the same centre and second moments; of an elliptical region the region
     * itself.
     *
     * @throws IllegalStateException when the region is empty
     */
    public Ellipse ellipse() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty region has no ellipse");
        }
        return moments.ellipse();
    }

    /** How far it is from an ellipse: the share that its ellipse is larger, 0 for an ellipse. */
    public double misfit() {
        return 1 - area() / ellipse().area();
    }

    /** Pieces of the outline, in no order. */
    public List<Piece> outline() {
        return List.copyOf(outline);
    }
}
