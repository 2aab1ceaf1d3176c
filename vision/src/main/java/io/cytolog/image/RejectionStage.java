// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/** The step at which an image was turned away. */
public enum RejectionStage {
    READ,
    FETCH,
    GATE,
    DECODE,
    LOCATE
}
