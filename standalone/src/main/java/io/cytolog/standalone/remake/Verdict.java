// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

/** What became of a result that was made again. */
public enum Verdict {
    /** To the last bit, times aside. */
    IDENTICAL,
    /** Same findings, similarities within 0.0001. */
    WITHIN_TOLERANCE,
    /** Another result. */
    DIFFERENT,
    /** It could not be made: its release, its bank or its image is not to be had. */
    NOT_REMAKABLE
}
