// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import java.time.Instant;

/**
 * Says which edition answers an image. An image stays with the edition that it was given to, from
 * its recipe to its bank, so a swap happens between images and never inside one. Safe for any
 * thread.
 */
@FunctionalInterface
public interface Serving {

    /** Always the same release, which whoever made it closes. */
    static Serving of(ServedRelease release) {
        return recordTime -> new Lease(release, () -> {});
    }

    /**
     * The edition for an image; waits a bounded time while it loads.
     *
     * @param recordTime log-append time of the image's record
     */
    Lease lease(Instant recordTime) throws InterruptedException;
}
