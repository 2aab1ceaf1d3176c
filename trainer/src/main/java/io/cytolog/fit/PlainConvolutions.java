// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import org.bytedeco.pytorch.global.torch;

/**
 * Convolutions without oneDNN as long as this is open. Its dense float32 convolutions of the
 * outlining network gave NaN at random on one processor (AMD EPYC with AVX512-BF16, 2026-11-27: in
 * up to 147 of 150 forward passes over the same pictures; none of 150 without). The setting is one
 * for the process.
 */
final class PlainConvolutions implements AutoCloseable {

    private final boolean before = torch.globalContext().userEnabledMkldnn();

    PlainConvolutions() {
        torch.globalContext().setUserEnabledMkldnn(false);
    }

    @Override
    public void close() {
        torch.globalContext().setUserEnabledMkldnn(before);
    }
}
