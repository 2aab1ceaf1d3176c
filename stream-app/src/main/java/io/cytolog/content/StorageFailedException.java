// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import java.io.Serial;

/** A storage did not answer or could not be read, which is no fault of the image's record. */
public final class StorageFailedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    StorageFailedException(ClaimCheck check, String why, Throwable cause) {
        super("%s cannot be read now: %s".formatted(check, why), cause);
    }
}
