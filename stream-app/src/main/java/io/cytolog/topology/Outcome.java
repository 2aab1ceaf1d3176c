// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.RecordOrigin;
import io.cytolog.image.Rejection;
import io.cytolog.serving.AnnotatedImage;
import org.jspecify.annotations.Nullable;

/** What became of one image; decided once, at the end. */
sealed interface Outcome extends Emission permits Outcome.Annotated, Outcome.Rejected {

    /** Slide that the image's own record names; empty when it names none. */
    String slide();

    /**
     * A release has an answer.
     *
     * @param source position of the image's record
     * @param replayOf record that the image's record publishes again; null when it came for the
     *     first time
     */
    record Annotated(
            String imageId,
            String sourceName,
            ImageOrigin origin,
            RecordPosition source,
            AnnotatedImage result,
            @Nullable RecordOrigin replayOf)
            implements Outcome {

        @Override
        public String slide() {
            return origin.getSlide();
        }
    }

    /** The image cannot be worked on, by its own fault. */
    record Rejected(ImageRejected message, Rejection rejection) implements Outcome {

        @Override
        public String slide() {
            ImageOrigin origin = message.getOrigin();
            return origin == null ? "" : origin.getSlide();
        }
    }
}
