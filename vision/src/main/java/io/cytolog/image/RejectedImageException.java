// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.io.Serial;

/** Carries a {@link Rejection} from the gate or the decoder to whoever decides the outcome. */
public final class RejectedImageException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public RejectedImageException(RejectionStage stage, RejectionReason reason, String detail) {
        super(stage + " " + reason + ": " + detail, null, false, false);
        this.rejection = new Rejection(stage, reason, detail);
    }

    public Rejection rejection() {
        return rejection;
    }
}
