// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.Serial;

/**
 * What the user gave cannot be worked with; the message says what, where, the offending value, the
 * bound and the remedy in one line. The command line answers with exit code 2.
 */
public final class InvalidInputException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
