// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import io.cytolog.cell.NucleusGroups.Nucleus;
import io.cytolog.image.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** The cells of one field, from its stain to boxes in the source image. Owned by one call. */
final class FieldCells {

    private static final double SPECK = 0.05;
    private static final double PALE_CHROMATIN = 0.04;

    private final StainMap stain;
    private final LocatorSettings settings;
    private final double diameter;
    private final int width;
    private final int height;

    /**
     * @param diameter of a red cell, pixels of the working image
     */
    FieldCells(StainMap stain, LocatorSettings settings, double diameter) {
        this.stain = stain;
        this.settings = settings;
        this.diameter = diameter;
        this.width = stain.nuclear().cols();
        this.height = stain.nuclear().rows();
    }

    /** Cells in reading order, boxes in pixels of a source image of the given size. */
    List<LocatedCell> find(int sourceWidth, int sourceHeight) {
        NucleusSplitter.Pieces pieces = pieces();
        List<Lobe> lobes =
                pieces.lobes().stream()
                        .filter(l -> l.area() >= area(settings.leastLobe()))
                        .toList();
        if (lobes.isEmpty()) {
            return List.of();
        }
        int[] labels = only(pieces.labels(), lobes);
        Territories territories = Territories.of(labels, width);
        List<Nucleus> nuclei = new NucleusGroups(settings, diameter).join(lobes, territories);
        CellOutlines outlines =
                new CellOutlines(labels, territories, cytoplasm(), settings, diameter);
        List<LocatedCell> cells = new ArrayList<>();
        for (Nucleus nucleus : nuclei) {
            if (largeEnough(nucleus)) {
                Bounds bounds = outlines.of(nucleus);
                cells.add(cell(bounds, sourceWidth, sourceHeight));
            }
        }
        cells.sort(
                Comparator.<LocatedCell>comparingInt(c -> c.box().y())
                        .thenComparingInt(c -> c.box().x()));
        return cells;
    }

    private double area(double squares) {
        return squares * diameter * diameter;
    }

    private NucleusSplitter.Pieces pieces() {
        float threshold = StainThresholds.nuclear(stain, settings.leastNuclearStain());
        try (Mat mask = StainMap.above(stain.nuclear(), threshold)) {
            Masks.morph(mask, opencv_imgproc.MORPH_OPEN, SPECK * diameter);
            Masks.fillHoles(mask, area(PALE_CHROMATIN));
            try (Mat distance = Masks.distance(mask)) {
                return NucleusSplitter.split(mask, distance, settings.wholeNucleus() * diameter);
            }
        }
    }

    private static int[] only(int[] labels, List<Lobe> lobes) {
        int highest = lobes.getLast().label();
        boolean[] kept = new boolean[highest + 1];
        lobes.forEach(lobe -> kept[lobe.label()] = true);
        int[] chosen = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            chosen[i] = labels[i] <= highest && kept[labels[i]] ? labels[i] : 0;
        }
        return chosen;
    }

    private byte[] cytoplasm() {
        try (Mat purple = stain.purple();
                Mat mask = StainMap.above(purple, (float) settings.leastCytoplasm())) {
            return Planes.bytes(mask);
        }
    }

    /** What the edge cuts may be a third of a nucleus. */
    private boolean largeEnough(Nucleus nucleus) {
        double least = area(settings.leastNucleus());
        return nucleus.area() >= (nucleus.bounds().touches(width, height) ? least / 3 : least);
    }

    private LocatedCell cell(Bounds bounds, int sourceWidth, int sourceHeight) {
        double sx = (double) sourceWidth / width;
        double sy = (double) sourceHeight / height;
        double margin = settings.margin() * diameter;
        int left = (int) Math.max(0, Math.floor((bounds.left() - margin) * sx));
        int top = (int) Math.max(0, Math.floor((bounds.top() - margin) * sy));
        int right = (int) Math.min(sourceWidth, Math.ceil((bounds.right() + 1 + margin) * sx));
        int bottom = (int) Math.min(sourceHeight, Math.ceil((bounds.bottom() + 1 + margin) * sy));
        List<String> flags =
                bounds.touches(width, height) ? List.of(StainCellLocator.TOUCHES_EDGE) : List.of();
        return new LocatedCell(new Box(left, top, right - left, bottom - top), flags);
    }
}
