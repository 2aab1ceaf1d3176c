// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.Arrays;
import java.util.List;

/**
 * A square map cut into windows, within which positions attend to each other (Liu et al. 2021,
 * Swin, arXiv:2103.14030). Pure tables, used alike by the tower in LibTorch and by its ONNX graph.
 *
 * <p>Cells are small: at pictures of 64, 96 and 128 px the last stage's map is 2, 3 and 4 positions
 * a side, the one before it 4, 6 and 8. A window is clipped to its map, so with a side of {@link
 * #SIDE} the last stage attends globally and there is nothing to shift, while in the stage before
 * windows and shifts are real from 96 px on. Offsets between positions, not places in the window,
 * choose the learnt bias, so one table serves all of these sizes: training may start on small
 * pictures. Where windows do not divide the map it is padded at the right and at the bottom, and
 * padding is barred from being attended to.
 *
 * @param count windows
 * @param area positions a window
 * @param order position of the map at each place, window after window {@code [count * area]};
 *     padding repeats position 0
 * @param places the place of each position {@code [side * side]}
 * @param offsets row of the bias table for every pair of a window {@code [area * area]}, the asking
 *     position first
 * @param barred {@link #NEVER} where two places of a window must not meet, else 0 {@code [count *
 *     area * area]}; empty when all may
 */
public record Windows(
        int count, int area, int[] order, int[] places, int[] offsets, float[] barred) {

    /** Positions a side of a window, where the map is large enough. */
    public static final int SIDE = 4;

    /** Positions a side of the smaller of two scales. */
    public static final int SMALL_SIDE = 2;

    /** Added to a score that must not count; exact in bfloat16's range. */
    public static final float NEVER = -1e4f;

    private static final int REACH = 2 * SIDE - 1;

    /** Rows of the bias table: offsets down times offsets across. */
    static final int OFFSETS = REACH * REACH;

    private static final int HEAD_WIDTH = 32;

    /** Heads of a map of so many channels: an even number, of about 32 channels each. */
    public static int heads(int width) {
        return 2 * Math.max(1, width / (2 * HEAD_WIDTH));
    }

    /**
     * Cuts a map.
     *
     * @param side of the map, positions
     * @param window side of a window, at most {@link #SIDE}
     * @param shifted whether windows move by half their side, wrapping round at the edge; what
     *     wraps does not meet what does not. Without effect where one window covers the map
     */
    public static Windows of(int side, int window, boolean shifted) {
        int clipped = Math.min(window, side);
        int perSide = (side + clipped - 1) / clipped;
        int padded = perSide * clipped;
        int shift = shifted && perSide > 1 ? clipped / 2 : 0;
        int area = clipped * clipped;
        int[] order = new int[padded * padded];
        int[] regions = new int[order.length];
        int[] places = new int[side * side];
        for (int place = 0; place < order.length; place++) {
            int number = place / area;
            int within = place % area;
            int rolledY = number / perSide * clipped + within / clipped;
            int rolledX = number % perSide * clipped + within % clipped;
            int y = (rolledY + shift) % padded;
            int x = (rolledX + shift) % padded;
            boolean real = y < side && x < side;
            int wrapped = (rolledY + shift >= padded ? 2 : 0) + (rolledX + shift >= padded ? 1 : 0);
            regions[place] = real ? wrapped : -1;
            if (real) {
                order[place] = y * side + x;
                places[y * side + x] = place;
            }
        }
        int count = perSide * perSide;
        return new Windows(count, area, order, places, offsets(clipped), barred(regions, area));
    }

    /** How a kind of block cuts a map of that side; the heads are shared out in this order. */
    public static List<Windows> cuts(BlockKind kind, int side) {
        return switch (kind) {
            case CONVOLUTION -> List.of();
            case WINDOW -> List.of(of(side, SIDE, false));
            case SHIFTED_WINDOW -> List.of(of(side, SIDE, true));
            case GATED_WINDOWS -> List.of(of(side, SMALL_SIDE, false), of(side, SIDE, false));
        };
    }

    /** Whether the only window is the map itself, in its own order. */
    public boolean whole() {
        return count == 1;
    }

    private static int[] offsets(int side) {
        int area = side * side;
        int[] offsets = new int[area * area];
        for (int i = 0; i < offsets.length; i++) {
            int asking = i / area;
            int asked = i % area;
            int down = asking / side - asked / side + SIDE - 1;
            int across = asking % side - asked % side + SIDE - 1;
            offsets[i] = down * REACH + across;
        }
        return offsets;
    }

    private static float[] barred(int[] regions, int area) {
        float[] barred = new float[regions.length * area];
        boolean any = false;
        for (int i = 0; i < barred.length; i++) {
            int asking = i / area;
            int asked = asking / area * area + i % area;
            boolean meet = regions[asked] >= 0 && regions[asked] == regions[asking];
            barred[i] = meet ? 0 : NEVER;
            any |= !meet;
        }
        return any ? barred : new float[0];
    }

    @Override
    public String toString() {
        return "Windows[count=%d, area=%d, order=%s]"
                .formatted(count, area, Arrays.toString(order));
    }
}
