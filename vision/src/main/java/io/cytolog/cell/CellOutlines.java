// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.cell.NucleusGroups.Nucleus;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Grows nuclei into the cytoplasm around them: what is stained otherwise than red cells, nearer to
 * this nucleus than to another, within reach and in one piece with it. Cytoplasm of the red cells'
 * own colour (eosinophils) is taken when it ends by itself in a round shape. Owned by one call.
 */
final class CellOutlines {

    private static final double THINNEST_ARM = 0.12;
    private static final double WIDER_REACH = 2.0;
    private static final double LEAST_SOLIDITY = 0.9;
    private static final double MOST_UNENDED = 0.08;

    /** The neighbourhood of one nucleus: 255 in the hull of its lobes, and what may be its own. */
    private record Window(Bounds bounds, byte[] hull, boolean[] mine) {

        int width() {
            return bounds.width();
        }
    }

    private final int[] labels;
    private final Territories territories;
    private final byte[] cytoplasm;
    private final byte[] background;
    private final double reach;
    private final double diameter;
    private final int width;
    private final int height;

    /**
     * @param labels of lobes, row by row
     * @param cytoplasm 255 where the stain is not that of red cells
     * @param background 255 where there is no stain
     */
    CellOutlines(
            int[] labels,
            Territories territories,
            byte[] cytoplasm,
            byte[] background,
            LocatorSettings settings,
            double diameter) {
        this.labels = labels;
        this.territories = territories;
        this.cytoplasm = cytoplasm;
        this.background = background;
        this.reach = settings.cytoplasmReach() * diameter;
        this.diameter = diameter;
        this.width = territories.width();
        this.height = labels.length / width;
    }

    /** The whole cell's bounds, nucleus and cytoplasm. */
    Bounds of(Nucleus nucleus) {
        Window window = window(nucleus);
        byte[] cell = window.hull().clone();
        byte[] stained = window.hull().clone();
        for (int k = 0; k < cell.length; k++) {
            int i = at(window.bounds(), k);
            if (window.mine()[k]) {
                boolean near = territories.distance()[i] <= reach;
                byte reached = near ? cytoplasm[i] : 0;
                cell[k] |= reached;
                stained[k] |= (byte) (~background[i] | reached);
            }
        }
        byte[] whole = attached(window, stained);
        return bounds(window, endsByItself(window, whole) ? whole : attached(window, cell));
    }

    private Window window(Nucleus nucleus) {
        int wide = (int) Math.ceil(WIDER_REACH * reach) + 2;
        Bounds bounds = nucleus.bounds().grown(wide, width, height);
        boolean[] own = new boolean[1 + highest(nucleus)];
        nucleus.lobes().forEach(lobe -> own[lobe.label()] = true);
        byte[] core = new byte[bounds.width() * bounds.height()];
        boolean[] mine = new boolean[core.length];
        for (int k = 0; k < core.length; k++) {
            int i = at(bounds, k);
            int owner = territories.owner()[i];
            mine[k] =
                    owner < own.length
                            && own[owner]
                            && territories.distance()[i] <= WIDER_REACH * reach;
            core[k] = (byte) (labels[i] < own.length && own[labels[i]] ? 255 : 0);
        }
        return new Window(bounds, hull(core, bounds.width()), mine);
    }

    private static int highest(Nucleus nucleus) {
        return nucleus.lobes().stream().mapToInt(Lobe::label).max().orElse(0);
    }

    private int at(Bounds window, int k) {
        int x = window.left() + k % window.width();
        int y = window.top() + k / window.width();
        return y * width + x;
    }

    /** The convex hull of what is set: what lies between lobes is of the same cell. */
    private static byte[] hull(byte[] set, int width) {
        try (Mat mask = Planes.of(set, width);
                Mat points = new Mat();
                Mat hull = new Mat();
                MatVector polygon = new MatVector();
                Scalar white = Scalar.all(255)) {
            opencv_core.findNonZero(mask, points);
            opencv_imgproc.convexHull(points, hull);
            polygon.push_back(hull);
            opencv_imgproc.fillPoly(mask, polygon, white);
            return Planes.bytes(mask);
        }
    }

    /** What hangs together with the nucleus once thin arms are cut off. */
    private byte[] attached(Window window, byte[] cell) {
        byte[] opened;
        try (Mat mask = Planes.of(cell, window.width())) {
            Masks.morph(mask, opencv_imgproc.MORPH_OPEN, THINNEST_ARM * diameter);
            opened = Planes.bytes(mask);
        }
        for (int k = 0; k < opened.length; k++) {
            opened[k] |= window.hull()[k];
        }
        int[] pieces = Planes.connected(opened, window.width(), 8);
        boolean[] wanted = new boolean[pieces.length + 1];
        for (int k = 0; k < pieces.length; k++) {
            wanted[pieces[k]] |= window.hull()[k] != 0;
        }
        for (int k = 0; k < opened.length; k++) {
            opened[k] = wanted[pieces[k]] ? opened[k] : 0;
        }
        return opened;
    }

    /** Red cells that lie against a nucleus go on beyond its reach or make an angular outline. */
    private boolean endsByItself(Window window, byte[] cell) {
        int area = 0;
        int unended = 0;
        double furthest = WIDER_REACH * reach - 1.5;
        for (int k = 0; k < cell.length; k++) {
            if (cell[k] != 0) {
                area++;
                unended += territories.distance()[at(window.bounds(), k)] > furthest ? 1 : 0;
            }
        }
        double around = 2 * Math.sqrt(Math.PI * area);
        if (unended > MOST_UNENDED * around) {
            return false;
        }
        int full = 0;
        for (byte b : hull(cell, window.width())) {
            full += b != 0 ? 1 : 0;
        }
        return area >= LEAST_SOLIDITY * full;
    }

    private static Bounds bounds(Window window, byte[] cell) {
        Bounds bounds = null;
        for (int k = 0; k < cell.length; k++) {
            if (cell[k] != 0) {
                int x = window.bounds().left() + k % window.width();
                int y = window.bounds().top() + k / window.width();
                bounds = Bounds.extended(bounds, x, y);
            }
        }
        return bounds == null ? window.bounds() : bounds;
    }
}
