// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Weights and cells of noise, in which nothing is zero and no two things are alike. */
final class Noise {

    private Noise() {}

    /** Random weights; gates stand half open. */
    static float[] weights(Layout layout) {
        float[] weights = Weights.initial(layout, 11);
        Random random = new Random(12);
        layout.parameters()
                .forEach(
                        parameter -> {
                            boolean gate = parameter.name().endsWith(".gate.bias");
                            int from = Math.toIntExact(parameter.offset());
                            for (int i = from; i < from + parameter.size(); i++) {
                                weights[i] += (gate ? 4 : 0) + 0.1f * (float) random.nextGaussian();
                            }
                        });
        return weights;
    }

    static List<CellPixels> cells(int count, int side) {
        List<CellPixels> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] rgb = new byte[side * side * 3];
            new Random(i).nextBytes(rgb);
            cells.add(new CellPixels(side, rgb));
        }
        return cells;
    }

    /** The largest difference of two vectors' elements. */
    static double apart(float[] a, float[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst;
    }
}
