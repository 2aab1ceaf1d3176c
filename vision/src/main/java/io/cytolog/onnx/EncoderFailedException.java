// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import java.io.Serial;

/** The runtime failed; never the image's fault, so the record must come again. */
public final class EncoderFailedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public EncoderFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
