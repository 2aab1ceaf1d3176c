// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

/** Urgency of an image's cells: STAT goes first, within the bound of {@link BatchPolicy}. */
public enum Priority {
    STAT,
    ROUTINE
}
