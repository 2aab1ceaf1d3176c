// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.cell.NucleusGroups.Nucleus;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Grows nuclei into the cytoplasm around them: what is stained otherwise than red cells, nearer to
 * this nucleus than to another, within reach and in one piece with it. Owned by one call.
 */
final class CellOutlines {

    private static final double THINNEST_ARM = 0.1;

    private final int[] labels;
    private final Territories territories;
    private final byte[] cytoplasm;
    private final double reach;
    private final double diameter;
    private final int width;
    private final int height;

    CellOutlines(
            int[] labels,
            Territories territories,
            byte[] cytoplasm,
            LocatorSettings settings,
            double diameter) {
        this.labels = labels;
        this.territories = territories;
        this.cytoplasm = cytoplasm;
        this.reach = settings.cytoplasmReach() * diameter;
        this.diameter = diameter;
        this.width = territories.width();
        this.height = labels.length / width;
    }

    /** The whole cell's bounds, nucleus and cytoplasm. */
    Bounds of(Nucleus nucleus) {
        Bounds window = nucleus.bounds().grown((int) Math.ceil(reach) + 2, width, height);
        boolean[] own = new boolean[labels.length == 0 ? 0 : highest(nucleus) + 1];
        for (Lobe lobe : nucleus.lobes()) {
            own[lobe.label()] = true;
        }
        byte[] core = new byte[window.width() * window.height()];
        byte[] cell = new byte[core.length];
        for (int k = 0; k < cell.length; k++) {
            int i = at(window, k);
            boolean nuclear = labels[i] < own.length && own[labels[i]];
            boolean mine = territories.owner()[i] < own.length && own[territories.owner()[i]];
            boolean near = mine && territories.distance()[i] <= reach && cytoplasm[i] != 0;
            core[k] = (byte) (nuclear ? 255 : 0);
            cell[k] = (byte) (nuclear || near ? 255 : 0);
        }
        return outermost(window, hull(core, window.width()), cell);
    }

    private static int highest(Nucleus nucleus) {
        return nucleus.lobes().stream().mapToInt(Lobe::label).max().orElse(0);
    }

    private int at(Bounds window, int k) {
        int x = window.left() + k % window.width();
        int y = window.top() + k / window.width();
        return y * width + x;
    }

    /** The convex hull of the lobes: what lies between them is of the same cell. */
    private static byte[] hull(byte[] core, int width) {
        try (Mat mask = Planes.of(core, width);
                Mat points = new Mat();
                Mat hull = new Mat();
                MatVector polygon = new MatVector()) {
            org.bytedeco.opencv.global.opencv_core.findNonZero(mask, points);
            opencv_imgproc.convexHull(points, hull);
            polygon.push_back(hull);
            try (Scalar white = Scalar.all(255)) {
                opencv_imgproc.fillPoly(mask, polygon, white);
            }
            return Planes.bytes(mask);
        }
    }

    private Bounds outermost(Bounds window, byte[] hull, byte[] cell) {
        for (int k = 0; k < cell.length; k++) {
            cell[k] |= hull[k];
        }
        try (Mat mask = Planes.of(cell, window.width())) {
            Masks.morph(mask, opencv_imgproc.MORPH_OPEN, THINNEST_ARM * diameter);
            byte[] opened = Planes.bytes(mask);
            for (int k = 0; k < opened.length; k++) {
                opened[k] |= hull[k];
            }
            return reached(window, hull, opened);
        }
    }

    private Bounds reached(Bounds window, byte[] hull, byte[] cell) {
        int[] pieces = Planes.connected(cell, window.width(), 8);
        boolean[] wanted = new boolean[pieces.length + 1];
        for (int k = 0; k < pieces.length; k++) {
            wanted[pieces[k]] |= hull[k] != 0;
        }
        Bounds bounds = null;
        for (int k = 0; k < pieces.length; k++) {
            if (pieces[k] > 0 && wanted[pieces[k]]) {
                bounds =
                        Bounds.extended(
                                bounds,
                                window.left() + k % window.width(),
                                window.top() + k / window.width());
            }
        }
        return bounds == null ? window : bounds;
    }
}
