// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.image.ImageBytes;
import io.cytolog.release.Release;
import io.cytolog.serving.Timeline.Shadowing;

/** Lets releases run beside the one that answers. Any thread may ask. */
interface Shadows extends AutoCloseable {

    /** Runs none. */
    Shadows NONE =
            new Shadows() {
                @Override
                public Mirror mirror(
                        Shadowing shadow, Release serving, ImageBytes file, String sha256) {
                    return Mirror.NONE;
                }

                @Override
                public void close() {}
            };

    /**
     * What takes an image to a shadow, when it is among the share that the shadow sees.
     *
     * @param serving what answers the image
     * @param sha256 digest of the image file
     */
    Mirror mirror(Shadowing shadow, Release serving, ImageBytes file, String sha256);

    @Override
    void close();
}
