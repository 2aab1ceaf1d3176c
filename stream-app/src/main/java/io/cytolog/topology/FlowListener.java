// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.Rejection;
import java.time.Duration;

/**
 * What the topology tells of its work, so that it need not know who measures or shows it. Called by
 * stream threads: an implementation is brief, safe for any thread and never throws.
 */
public interface FlowListener {

    /** Listens to nothing. */
    FlowListener NONE =
            new FlowListener() {
                @Override
                public void inFlightChanged(int change) {}

                @Override
                public void heldChanged(long bytes) {}

                @Override
                public void annotated(PreparedImage image, ImageAnnotation annotation) {}

                @Override
                public void rejected(Rejection rejection) {}

                @Override
                public void barrierWaited(Duration waited) {}
            };

    /**
     * Images entered (positive) or left (negative) the in-flight store; a store that is thrown away
     * tells of what it held as left.
     */
    void inFlightChanged(int change);

    /**
     * What the images in flight hold changed: records, pixels, results.
     *
     * @param bytes all of it now
     */
    void heldChanged(long bytes);

    /**
     * A result was forwarded; its transaction may still fail, and then the image comes again.
     *
     * @param image with the pixels that the encoder saw, so that a console may show them
     */
    void annotated(PreparedImage image, ImageAnnotation annotation);

    /** An image was turned away; as with {@link #annotated}, it may come again. */
    void rejected(Rejection rejection);

    /** A commit waited this long for everything of its task that was in flight. */
    void barrierWaited(Duration waited);

    /** A listener that tells this one first and then {@code next}. */
    default FlowListener and(FlowListener next) {
        return new FlowListenerPair(this, next);
    }
}
