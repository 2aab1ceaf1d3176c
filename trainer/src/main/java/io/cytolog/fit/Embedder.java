// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.network.TextHead;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Both towers with fixed weights, in float32, for validation and export. Owned by one thread. */
public final class Embedder implements AutoCloseable {

    private static final int BATCH = 32;

    private final Layout layout;
    private final Orientations orientations;
    private final Tensor flat;

    /** Looks at cells as they come. */
    public Embedder(Layout layout, float[] weights) {
        this(layout, weights, Orientations.UPRIGHT);
    }

    public Embedder(Layout layout, float[] weights, Orientations orientations) {
        this.layout = layout;
        this.orientations = orientations;
        this.flat = Tensors.of(weights, weights.length);
    }

    /** Unit-length embeddings of cells, in order. */
    public List<float[]> images(List<CellPixels> cells) {
        return cells.isEmpty() ? List.of() : images(cells, cells.getFirst().side());
    }

    /**
     * The same of smaller pictures, for a network that has seen only those yet: to it, cells of
     * full side are of another magnification.
     *
     * @param side of the pictures, at most the cells'
     */
    public List<float[]> images(List<CellPixels> cells, int side) {
        List<float[]> embeddings = new ArrayList<>(cells.size());
        for (int from = 0; from < cells.size(); from += BATCH) {
            List<CellPixels> batch = cells.subList(from, Math.min(cells.size(), from + BATCH));
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor pictures = Augmenter.plain(Tensors.pictures(batch), side);
                Weights weights = new Weights(layout, flat);
                Tensor spread =
                        new ImageTower(layout).embed(weights, orientations.spread(pictures));
                rows(orientations.joined(spread), embeddings);
            }
        }
        return embeddings;
    }

    /** Unit-length embeddings of the frozen tower's vectors, in order. */
    public List<float[]> texts(List<float[]> vectors) {
        List<float[]> embeddings = new ArrayList<>(vectors.size());
        float[] all = new float[vectors.size() * Layout.TEXT_INPUT];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * Layout.TEXT_INPUT, Layout.TEXT_INPUT);
        }
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor text = Tensors.of(all, vectors.size(), Layout.TEXT_INPUT);
            rows(TextHead.embed(new Weights(layout, flat), text), embeddings);
        }
        return embeddings;
    }

    private static void rows(Tensor tensor, List<float[]> into) {
        float[] values = Tensors.values(tensor);
        int width = Layout.DIMENSIONS;
        for (int from = 0; from < values.length; from += width) {
            into.add(java.util.Arrays.copyOfRange(values, from, from + width));
        }
    }

    @Override
    public void close() {
        flat.close();
    }
}
