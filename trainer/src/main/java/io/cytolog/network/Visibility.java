// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Which patches of a picture the tower sees. Drawn at the last stage's resolution and repeated for
 * the finer maps of earlier stages, so that a patch is hidden in all of them or in none (Woo et al.
 * 2023). Belongs to the caller's pointer scope.
 */
public final class Visibility {

    /** Nothing is hidden, and nothing is computed for it. */
    public static final Visibility WHOLE = new Visibility(List.of());

    private final List<Tensor> stages;

    private Visibility(List<Tensor> stages) {
        this.stages = stages;
    }

    /**
     * @param seen 1 for a patch that is seen, 0 for a hidden one {@code [n * side * side]}
     * @param side patches a side, so positions a side of the last stage's map
     * @param stages of the tower
     */
    public static Visibility of(float[] seen, int n, int side, int stages) {
        List<Tensor> masks = new ArrayList<>();
        for (int s = 0; s < stages; s++) {
            int repeat = 1 << (stages - 1 - s);
            masks.add(repeated(seen, n, side, repeat));
        }
        return new Visibility(masks);
    }

    /** Zero at hidden positions, in a map {@code [n, h, w, c]} of a stage. */
    Tensor hide(int stage, Tensor x) {
        return stages.isEmpty() ? x : x.mul(stages.get(stage).to(x.scalar_type()));
    }

    boolean whole() {
        return stages.isEmpty();
    }

    /** 1 where a stage's map is seen, else 0, float32 {@code [n, h, w, 1]}. */
    Tensor at(int stage) {
        return stages.get(stage);
    }

    private static Tensor repeated(float[] seen, int n, int side, int repeat) {
        int fine = side * repeat;
        float[] all = new float[n * fine * fine];
        for (int i = 0; i < all.length; i++) {
            int picture = i / (fine * fine);
            int y = i / fine % fine / repeat;
            int x = i % fine / repeat;
            all[i] = seen[(picture * side + y) * side + x];
        }
        return Tensor.create(all, n, fine, fine, 1);
    }
}
