// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import org.bytedeco.pytorch.global.torch;

/** How many threads LibTorch uses inside an operator, for the calling thread alone. */
final class Threads {

    private Threads() {}

    /**
     * The number is OpenMP's and each thread has its own, but a thread that never asked takes the
     * number set last by any thread, at its first operator. Asking at once makes it stay.
     */
    static void use(int count) {
        torch.set_num_threads(count);
        torch.get_num_threads();
    }
}
