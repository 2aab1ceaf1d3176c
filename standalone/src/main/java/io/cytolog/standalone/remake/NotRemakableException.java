// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import java.io.Serial;

/** A result cannot be made again, and why. */
final class NotRemakableException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    NotRemakableException(String message) {
        super(message);
    }
}
