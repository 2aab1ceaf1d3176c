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
    private static final double BLURRED_EDGE = 0.2;
    private static final double DEPOSIT = 2;
    private static final int MOST_LOBES = 8_000;

    private static final Comparator<Found> READING_ORDER =
            Comparator.<Found>comparingInt(found -> found.bounds().top())
                    .thenComparingInt(found -> found.bounds().left());

    /** A cell in the working image. */
    private record Found(Bounds bounds, boolean blurred) {}

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
        List<Lobe> lobes = lobes(pieces);
        if (lobes.isEmpty()) {
            return List.of();
        }
        int[] labels = only(pieces.labels(), lobes);
        Territories territories = Territories.of(labels, width);
        CellOutlines outlines =
                new CellOutlines(
                        labels,
                        territories,
                        cytoplasm(),
                        Planes.bytes(stain.background()),
                        settings,
                        diameter);
        float[] nuclear = Planes.floats(stain.nuclear());
        List<Found> found =
                new NucleusGroups(settings, diameter)
                        .join(lobes, territories).stream()
                                .filter(this::plausible)
                                .map(nucleus -> found(nucleus, outlines, nuclear, labels))
                                .sorted(READING_ORDER)
                                .toList();
        return found.stream().map(cell -> cell(cell, found, sourceWidth, sourceHeight)).toList();
    }

    private Found found(Nucleus nucleus, CellOutlines outlines, float[] nuclear, int[] labels) {
        double edge = Sharpness.edgeWidth(nucleus, nuclear, labels, width);
        return new Found(outlines.of(nucleus), edge > BLURRED_EDGE * diameter);
    }

    /** The largest pieces that can be a lobe; a picture with more is noise. */
    private List<Lobe> lobes(NucleusSplitter.Pieces pieces) {
        return pieces.lobes().stream()
                .filter(lobe -> lobe.area() >= area(settings.leastLobe()))
                .sorted(Comparator.comparingInt(Lobe::area).reversed())
                .limit(MOST_LOBES)
                .sorted(Comparator.comparingInt(Lobe::label))
                .toList();
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

    /** What is purple, and what is stained but too pale for red cells. */
    private byte[] cytoplasm() {
        try (Mat purple = stain.purple();
                Mat green = stain.green()) {
            float[] other = Planes.floats(purple);
            float[] all = Planes.floats(green);
            float[] pale = StainThresholds.pale(all, Planes.bytes(stain.background()));
            byte[] mask = new byte[all.length];
            for (int i = 0; i < mask.length; i++) {
                boolean found =
                        other[i] > settings.leastCytoplasm()
                                || all[i] > pale[0] && all[i] < pale[1];
                mask[i] = (byte) (found ? 255 : 0);
            }
            return mask;
        }
    }

    /**
     * Large and thick enough for a nucleus, of which the edge may have cut half; not so large that
     * it is a stain deposit.
     */
    private boolean plausible(Nucleus nucleus) {
        double least = area(settings.leastNucleus());
        boolean cut = nucleus.bounds().touches(width, height);
        return nucleus.area() >= (cut ? least / 2 : least)
                && nucleus.radius() >= settings.leastRadius() * diameter
                && nucleus.bounds().longer() <= DEPOSIT * settings.longestNucleus() * diameter;
    }

    private LocatedCell cell(Found cell, List<Found> all, int sourceWidth, int sourceHeight) {
        Bounds bounds = cell.bounds();
        double sx = (double) sourceWidth / width;
        double sy = (double) sourceHeight / height;
        double margin = settings.margin() * diameter;
        int left = (int) Math.max(0, Math.floor((bounds.left() - margin) * sx));
        int top = (int) Math.max(0, Math.floor((bounds.top() - margin) * sy));
        int right = (int) Math.min(sourceWidth, Math.ceil((bounds.right() + 1 + margin) * sx));
        int bottom = (int) Math.min(sourceHeight, Math.ceil((bounds.bottom() + 1 + margin) * sy));
        return new LocatedCell(new Box(left, top, right - left, bottom - top), flags(cell, all));
    }

    private List<String> flags(Found cell, List<Found> all) {
        List<String> flags = new ArrayList<>();
        if (cell.bounds().touches(width, height)) {
            flags.add(StainCellLocator.TOUCHES_EDGE);
        }
        if (all.stream().anyMatch(o -> o != cell && o.bounds().meets(cell.bounds()))) {
            flags.add(StainCellLocator.CLUMPED);
        }
        if (cell.blurred()) {
            flags.add(StainCellLocator.BLURRED);
        }
        return flags;
    }
}
