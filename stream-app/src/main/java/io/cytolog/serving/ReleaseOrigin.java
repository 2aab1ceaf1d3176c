// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.ReleaseId;

/** Where a release comes from. */
public sealed interface ReleaseOrigin {

    /** The one of the configuration, which answers until one is announced. */
    enum Configured implements ReleaseOrigin {
        CONFIGURED
    }

    /** One that was announced, with the URI where it should lie. */
    record Announced(ReleaseId release, String location) implements ReleaseOrigin {}
}
