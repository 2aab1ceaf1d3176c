// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.ReleaseId;
import java.time.Instant;

/**
 * An announcement of a release on the channel that this deployment follows.
 *
 * @param location a URI, not yet checked
 * @param share of the images that a shadow sees, 0 to 1
 * @param effectiveAt its {@link PointOfChange}
 * @param position of its record; later ones are larger
 */
public record ReleaseDecision(
        ReleaseId release,
        String location,
        ReleaseRole role,
        double share,
        Instant effectiveAt,
        long position) {}
