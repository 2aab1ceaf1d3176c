// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import java.io.Serial;

/** The process that this thread belonged to is gone: unwinds what the thread was in. */
final class Crashed extends Error {

    @Serial private static final long serialVersionUID = 1L;

    Crashed() {
        super("the process is gone", null, false, false);
    }
}
