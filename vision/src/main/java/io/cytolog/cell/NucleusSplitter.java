// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import static org.bytedeco.opencv.global.opencv_core.CV_32S;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Parts nuclei that touch, by watershed on the distance transform, but only where two discs of a
 * whole nucleus' size are joined by a neck: the lobes of one nucleus are smaller.
 */
final class NucleusSplitter {

    /** A neck is narrower than this share of the largest disc. */
    private static final double NECK = 0.7;

    private static final int OUTSIDE = 1;

    private NucleusSplitter() {}

    /** The pieces of a mask, labelled. */
    record Pieces(int[] labels, List<Lobe> lobes) {}

    /**
     * @param mask nuclear stain, 255
     * @param depth the mask's distance transform
     * @param wholeRadius least radius of a disc in a nucleus that is no lobe, pixels
     */
    static Pieces split(Mat mask, Mat depth, double wholeRadius) {
        float[] distance = Planes.floats(depth);
        int width = mask.cols();
        try (Mat connected = new Mat()) {
            int count = opencv_imgproc.connectedComponents(mask, connected, 8, CV_32S);
            int[] labels = Planes.ints(connected);
            List<Lobe> pieces = Lobe.measure(labels, distance, width, count);
            int[] cores = cores(pieces, labels, distance, width, count, wholeRadius);
            int most = Arrays.stream(cores).max().orElse(0);
            if (most == 0) {
                return new Pieces(labels, pieces);
            }
            flood(labels, cores, depth, count);
            return new Pieces(labels, Lobe.measure(labels, distance, width, count + most));
        }
    }

    /** Labels the cores of pieces that have two or more; 0 everywhere else. */
    private static int[] cores(
            List<Lobe> pieces,
            int[] labels,
            float[] distance,
            int width,
            int count,
            double wholeRadius) {
        float[] neck = new float[count];
        Arrays.fill(neck, Float.MAX_VALUE);
        for (Lobe piece : pieces) {
            if (piece.radius() >= wholeRadius) {
                neck[piece.label()] = (float) (NECK * piece.radius());
            }
        }
        byte[] inside = new byte[labels.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (labels[i] > 0 && distance[i] >= neck[labels[i]] ? 255 : 0);
        }
        int[] cores = Planes.connected(inside, width, 8);
        int coreCount = Arrays.stream(cores).max().orElse(0) + 1;
        List<Lobe> whole =
                Lobe.measure(cores, distance, width, coreCount).stream()
                        .filter(core -> core.radius() >= wholeRadius)
                        .toList();
        return several(whole, cores, labels, width, coreCount);
    }

    private static int[] several(
            List<Lobe> whole, int[] cores, int[] labels, int width, int coreCount) {
        int[] piece = new int[coreCount];
        for (int i = 0; i < cores.length; i++) {
            piece[cores[i]] = labels[i];
        }
        Map<Integer, Long> perPiece =
                whole.stream()
                        .collect(
                                Collectors.groupingBy(
                                        core -> piece[core.label()], Collectors.counting()));
        int[] renumbered = new int[coreCount];
        int next = 0;
        for (Lobe core : whole) {
            if (perPiece.get(piece[core.label()]) > 1) {
                renumbered[core.label()] = ++next;
            }
        }
        return Arrays.stream(cores).map(core -> renumbered[core]).toArray();
    }

    /** Floods each split piece from its cores; changes the labels in place. */
    private static void flood(int[] labels, int[] cores, Mat depth, int firstFree) {
        boolean[] split = new boolean[firstFree];
        for (int i = 0; i < labels.length; i++) {
            split[labels[i]] |= cores[i] > 0;
        }
        int[] markers = new int[labels.length];
        for (int i = 0; i < markers.length; i++) {
            markers[i] = cores[i] > 0 ? OUTSIDE + cores[i] : split[labels[i]] ? 0 : OUTSIDE;
        }
        int[] flooded = watershed(markers, depth);
        for (int i = 0; i < labels.length; i++) {
            if (split[labels[i]]) {
                int core = claimed(flooded, i, depth.cols()) - OUTSIDE;
                labels[i] = core > 0 ? firstFree - 1 + core : 0;
            }
        }
    }

    private static int[] watershed(int[] markers, Mat depth) {
        try (Mat basin = new Mat();
                Mat colour = new Mat();
                Mat marked = Planes.of(markers, depth.cols())) {
            opencv_core.normalize(
                    depth, basin, 255, 0, opencv_core.NORM_MINMAX, CV_8U, opencv_core.noArray());
            opencv_core.bitwise_not(basin, basin);
            opencv_imgproc.cvtColor(basin, colour, opencv_imgproc.COLOR_GRAY2BGR);
            opencv_imgproc.watershed(colour, marked);
            return Planes.ints(marked);
        }
    }

    /** A pixel's marker, or on the line between two basins a neighbour's. */
    private static int claimed(int[] flooded, int i, int width) {
        if (flooded[i] > OUTSIDE) {
            return flooded[i];
        }
        for (int step : new int[] {-1, 1, -width, width}) {
            int j = i + step;
            if (j >= 0 && j < flooded.length && flooded[j] > OUTSIDE) {
                return flooded[j];
            }
        }
        return 0;
    }
}
