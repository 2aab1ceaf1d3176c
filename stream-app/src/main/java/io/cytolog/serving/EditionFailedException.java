// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import java.io.Serial;

/** An edition cannot be made; the message says why in one line. */
public final class EditionFailedException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    EditionFailedException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
