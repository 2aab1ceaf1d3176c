// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import io.cytolog.network.Visibility;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Pictures and what is hidden of each. Whoever took it closes it.
 *
 * @param pictures normalised {@code [n, 3, side, side]}
 * @param seen 1 for a patch that is seen, 0 for a hidden one {@code [n * patchSide * patchSide]}
 * @param patchSide patches a side
 */
record MaskedBatch(Tensor pictures, float[] seen, int patchSide) implements AutoCloseable {

    /** Share of the patches that is hidden, as published (Woo et al. 2023). */
    static final double HIDDEN = 0.6;

    /** Draws turns and masks; the caller closes the result. */
    static MaskedBatch draw(Layout layout, List<CellPixels> pixels, int side, Random random) {
        int n = pixels.size();
        int patchSide = side / layout.stride();
        try (PointerScope _ = new PointerScope()) {
            Tensor pictures = Augmenter.turned(Tensors.pictures(pixels), side, random);
            pictures.retainReference();
            return new MaskedBatch(pictures, seen(n, patchSide * patchSide, random), patchSide);
        }
    }

    /** The visibility of some of the pictures, in the caller's pointer scope. */
    Visibility visibility(Layout layout, long from, long count) {
        int patches = patchSide * patchSide;
        float[] own =
                Arrays.copyOfRange(
                        seen,
                        Math.toIntExact(from * patches),
                        Math.toIntExact((from + count) * patches));
        return Visibility.of(own, Math.toIntExact(count), patchSide, layout.stages());
    }

    /** The same number of patches is hidden in every picture. */
    static float[] seen(int n, int patches, Random random) {
        int hidden = Math.toIntExact(Math.round(HIDDEN * patches));
        float[] seen = new float[n * patches];
        Arrays.fill(seen, 1);
        for (int i = 0; i < n; i++) {
            int left = hidden;
            for (int p = 0; p < patches; p++) {
                if (random.nextInt(patches - p) < left) {
                    seen[i * patches + p] = 0;
                    left--;
                }
            }
        }
        return seen;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
