// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a sentence looks: a patch of the cell's mean colour is laid over it place by place, and
 * what the similarity loses is credited to the pixels under the patch (Zeiler and Fergus 2014).
 *
 * @param side pixels
 * @param losses mean loss of cosine under the patches that cover a pixel, row by row
 * @param similarity cosine of the whole cell
 */
public record OcclusionMap(int side, double[] losses, double similarity) {

    private static final int PATCHES_A_SIDE = 4;
    private static final int STEPS_A_PATCH = 4;

    /**
     * @param sentence embedding of the sentence, unit length
     */
    public static OcclusionMap of(ImageEncoder encoder, CellPixels cell, float[] sentence) {
        int side = cell.side();
        int patch = side / PATCHES_A_SIDE;
        int step = Math.max(1, patch / STEPS_A_PATCH);
        List<int[]> corners = new ArrayList<>();
        for (int top = -patch / 2; top <= side - patch / 2; top += step) {
            for (int left = -patch / 2; left <= side - patch / 2; left += step) {
                corners.add(new int[] {left, top});
            }
        }
        double whole = Prototypes.dot(encoder.encode(List.of(cell)).getFirst().values(), sentence);
        double[] sums = new double[side * side];
        int[] counts = new int[side * side];
        byte[] mean = mean(cell);
        for (int from = 0; from < corners.size(); from += encoder.maxBatch()) {
            List<int[]> part =
                    corners.subList(from, Math.min(corners.size(), from + encoder.maxBatch()));
            List<CellPixels> covered =
                    part.stream().map(corner -> covered(cell, corner, patch, mean)).toList();
            List<Embedding> seen = encoder.encode(covered);
            for (int k = 0; k < part.size(); k++) {
                double loss = whole - Prototypes.dot(seen.get(k).values(), sentence);
                credit(sums, counts, side, part.get(k), patch, loss);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, counts[i]);
        }
        return new OcclusionMap(side, sums, whole);
    }

    private static void credit(
            double[] sums, int[] counts, int side, int[] corner, int patch, double loss) {
        for (int y = Math.max(0, corner[1]); y < Math.min(side, corner[1] + patch); y++) {
            for (int x = Math.max(0, corner[0]); x < Math.min(side, corner[0] + patch); x++) {
                sums[y * side + x] += loss;
                counts[y * side + x]++;
            }
        }
    }

    private static CellPixels covered(CellPixels cell, int[] corner, int patch, byte[] colour) {
        int side = cell.side();
        byte[] rgb = cell.rgb().clone();
        for (int y = Math.max(0, corner[1]); y < Math.min(side, corner[1] + patch); y++) {
            for (int x = Math.max(0, corner[0]); x < Math.min(side, corner[0] + patch); x++) {
                System.arraycopy(colour, 0, rgb, (y * side + x) * 3, 3);
            }
        }
        return new CellPixels(side, rgb);
    }

    private static byte[] mean(CellPixels cell) {
        long[] sums = new long[3];
        byte[] rgb = cell.rgb();
        for (int i = 0; i < rgb.length; i++) {
            sums[i % 3] += Byte.toUnsignedInt(rgb[i]);
        }
        byte[] mean = new byte[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = (byte) (sums[c] * 3 / rgb.length);
        }
        return mean;
    }
}
