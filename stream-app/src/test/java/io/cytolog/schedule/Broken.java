// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

import java.io.Serial;

/** An invariant does not hold. No code under test catches it as a failure of its own. */
public final class Broken extends AssertionError {

    @Serial private static final long serialVersionUID = 1L;

    public Broken(String what) {
        super(what);
    }
}
