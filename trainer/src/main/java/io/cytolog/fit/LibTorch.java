// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.NativeLibraries;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** LibTorch before its first use. */
public final class LibTorch {

    private LibTorch() {}

    /**
     * Loads it.
     *
     * @param threads inside an operation, for the calling thread; products of OpenBLAS take one
     */
    public static void ready(int threads) {
        NativeLibraries.load(List.of(openblas.class, torch.class));
        openblas.blas_set_num_threads(1);
        Threads.use(threads);
    }
}
