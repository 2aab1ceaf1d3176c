// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.ImageRejected;
import java.time.Instant;

/** An image that was turned away, as the page shows it; the names are those of the JSON. */
record RejectionView(
        String position,
        String slide,
        String file,
        String stage,
        String reason,
        String detail,
        Instant rejectedAt) {

    static RejectionView of(ImageRejected rejected) {
        return new RejectionView(
                "%s-%d@%d"
                        .formatted(
                                rejected.getSource().getTopic(),
                                rejected.getSource().getPartition(),
                                rejected.getSource().getOffset()),
                rejected.getOrigin() == null ? "" : rejected.getOrigin().getSlide(),
                rejected.getSourceName(),
                rejected.getStage().name(),
                rejected.getReason().name(),
                rejected.getDetail(),
                rejected.getRejectedAt());
    }
}
