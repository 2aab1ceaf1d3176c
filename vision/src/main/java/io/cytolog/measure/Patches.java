// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.ArrayDeque;
import java.util.Deque;

/** Pixels that hang together by their sides. */
record Patches(boolean[] largest) {

    /** The largest patch of pixels at or above a level; none covered where there is none. */
    static Patches of(float[] map, int side, float level) {
        boolean[] seen = new boolean[map.length];
        boolean[] largest = new boolean[map.length];
        int most = 0;
        for (int i = 0; i < map.length; i++) {
            if (!seen[i] && map[i] >= level) {
                boolean[] own = new boolean[map.length];
                int size = flood(i, side, own, j -> map[j] >= level);
                for (int j = 0; j < own.length; j++) {
                    seen[j] |= own[j];
                }
                if (size > most) {
                    most = size;
                    largest = own;
                }
            }
        }
        return new Patches(largest);
    }

    /** Pixels that are not covered and hang together with the edge of the map. */
    static boolean[] reachedFromEdge(boolean[] covered, int side) {
        boolean[] reached = new boolean[covered.length];
        for (int i = 0; i < covered.length; i++) {
            boolean edge =
                    i < side || i >= covered.length - side || i % side == 0 || i % side == side - 1;
            if (edge && !covered[i] && !reached[i]) {
                flood(i, side, reached, j -> !covered[j]);
            }
        }
        return reached;
    }

    private static int flood(
            int from, int side, boolean[] into, java.util.function.IntPredicate belongs) {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(from);
        into[from] = true;
        int size = 0;
        while (!open.isEmpty()) {
            int i = open.poll();
            size++;
            int[] near = {
                i % side > 0 ? i - 1 : -1,
                i % side < side - 1 ? i + 1 : -1,
                i - side,
                i + side < into.length ? i + side : -1
            };
            for (int j : near) {
                if (j >= 0 && !into[j] && belongs.test(j)) {
                    into[j] = true;
                    open.add(j);
                }
            }
        }
        return size;
    }
}
