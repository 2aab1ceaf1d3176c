// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.io.Serial;

/** We failed, not the image: thrown into the stream thread, so that the records come again. */
public final class WorkFailedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public WorkFailedException(String message) {
        super(message);
    }

    public WorkFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
