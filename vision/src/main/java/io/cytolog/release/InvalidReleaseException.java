// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A release that must not serve; the message says what, where and the remedy. */
public final class InvalidReleaseException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    public InvalidReleaseException(String message) {
        super(message);
    }

    public InvalidReleaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
