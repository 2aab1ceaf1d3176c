// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.fit.Tensors;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Draws cells with a trained generator. Owned by one thread. */
public final class CellGenerator implements AutoCloseable {

    private static final int BATCH = 32;

    private final GanShape shape;
    private final Tensor flat;

    /**
     * @param weights the running average of the generator's, flat
     */
    public CellGenerator(GanShape shape, float[] weights) {
        this.shape = shape;
        this.flat = Tensors.of(weights, weights.length);
    }

    /** Cells of a class; the same seed gives the same cells. */
    public List<CellPixels> draw(int ofClass, int count, long seed) {
        Random random = new Random(seed * 31 + ofClass);
        List<CellPixels> cells = new ArrayList<>(count);
        while (cells.size() < count) {
            int rows = Math.min(BATCH, count - cells.size());
            int[] classes = new int[rows];
            Arrays.fill(classes, ofClass);
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor pictures =
                        new Adversaries(shape)
                                .generate(
                                        new Weights(shape.generator(), flat),
                                        GanTrainer.noise(rows, random),
                                        GanTrainer.places(classes));
                add(Tensors.values(pictures.permute(0, 2, 3, 1)), rows, cells);
            }
        }
        return cells;
    }

    private void add(float[] values, int rows, List<CellPixels> cells) {
        int length = values.length / rows;
        for (int r = 0; r < rows; r++) {
            byte[] rgb = new byte[length];
            for (int i = 0; i < length; i++) {
                rgb[i] =
                        (byte)
                                Math.clamp(
                                        Math.round((values[r * length + i] + 1) * 127.5f), 0, 255);
            }
            cells.add(new CellPixels(shape.side(), rgb));
        }
    }

    @Override
    public void close() {
        flat.close();
    }
}
