// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.io.Serial;

/** The batcher was closed before these cells had their turn; the image must come again. */
public final class BatcherClosedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public BatcherClosedException() {
        super("the batcher is closed; the image comes again after a restart");
    }
}
