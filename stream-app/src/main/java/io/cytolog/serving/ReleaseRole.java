// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

/** What an announcement says of a release. */
public enum ReleaseRole {
    /** It answers. */
    SERVE,
    /** It runs beside the one that answers, and what it says is compared, never emitted. */
    SHADOW,
    /** What was announced of it before holds no longer. */
    RETIRE
}
