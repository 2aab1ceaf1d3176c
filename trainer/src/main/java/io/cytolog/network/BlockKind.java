// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

/** What one residual block of the image tower computes. */
public enum BlockKind {
    /** Depthwise convolution and two linear layers (ConvNeXt V2). */
    CONVOLUTION,
    /** Attention in windows, then two linear layers (Swin). */
    WINDOW,
    /** The same with windows moved by half their side, so that neighbours exchange. */
    SHIFTED_WINDOW,
    /**
     * A convolution block, then attention of its positions in windows of two scales, half of the
     * heads each, let in by a gate that starts near closed.
     */
    GATED_WINDOWS
}
