// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.letter;

import io.cytolog.event.ImageRejected;
import io.cytolog.standalone.log.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An image that was turned away.
 *
 * @param position in {@code images.rejected}
 * @param key of its record, the slide as the source wrote it; null when it had none
 */
public record DeadLetter(Position position, byte @Nullable [] key, ImageRejected value) {

    /** Slide id; empty when none is known. */
    public String slide() {
        if (value.getOrigin() != null) {
            return value.getOrigin().getSlide();
        }
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** Position of the image's own record, as topic-partition@offset. */
    public String source() {
        return "%s-%d@%d"
                .formatted(
                        value.getSource().getTopic(),
                        value.getSource().getPartition(),
                        value.getSource().getOffset());
    }

    @Override
    public String toString() {
        return "DeadLetter[" + position + "]";
    }
}
