// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The learnt projection from the frozen text tower into the shared space. Stateless. */
public final class TextHead {

    private TextHead() {}

    /**
     * @param text float {@code [n, 384]}, unit length
     * @return unit-length embeddings {@code [n, 256]}
     */
    public static Tensor embed(Weights weights, Tensor text) {
        // The frozen tower's components are about 1/20; the first layer expects deviations near 1.
        Tensor spread = text.mul(new org.bytedeco.pytorch.Scalar(SPREAD));
        Tensor hidden = torch.gelu(Layers.linear(weights, "text.hidden", spread));
        return ImageTower.unit(Layers.linear(weights, "text.project", hidden));
    }

    /** Factor on the frozen embedding: root of its length. */
    public static final double SPREAD = Math.sqrt(Layout.TEXT_INPUT);
}
