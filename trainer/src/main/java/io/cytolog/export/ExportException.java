// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import java.io.Serial;

/** A release that must not be written; the message says why. */
public final class ExportException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    public ExportException(String message) {
        super(message);
    }

    public ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
