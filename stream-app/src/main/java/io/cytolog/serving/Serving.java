// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

/**
 * Says which release answers the next image. An image stays with the release that it was given to,
 * from its recipe to its bank, so a swap happens between images and never inside one. Safe for any
 * thread.
 */
@FunctionalInterface
public interface Serving {

    /** The release that answers now. */
    ServedRelease current();
}
