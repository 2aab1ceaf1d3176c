// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.Rejection;
import java.time.Duration;

/** Tells two listeners in turn, so that the topology knows of one only. */
record FlowListenerPair(FlowListener first, FlowListener second) implements FlowListener {

    @Override
    public void inFlightChanged(int change) {
        first.inFlightChanged(change);
        second.inFlightChanged(change);
    }

    @Override
    public void heldChanged(long bytes) {
        first.heldChanged(bytes);
        second.heldChanged(bytes);
    }

    @Override
    public void annotated(PreparedImage image, ImageAnnotation annotation) {
        first.annotated(image, annotation);
        second.annotated(image, annotation);
    }

    @Override
    public void rejected(Rejection rejection) {
        first.rejected(rejection);
        second.rejected(rejection);
    }

    @Override
    public void barrierWaited(Duration waited) {
        first.barrierWaited(waited);
        second.barrierWaited(waited);
    }
}
