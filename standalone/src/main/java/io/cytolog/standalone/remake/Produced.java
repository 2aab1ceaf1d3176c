// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import io.cytolog.event.ImageAnnotated;
import java.time.Instant;

/**
 * What one edition produced of one slide.
 *
 * @param images results, replays among them
 * @param first time of the first image's record
 * @param last time of the last image's record
 * @param firstSource position of the first image's record
 * @param lastSource position of the last image's record
 */
public record Produced(
        String slide,
        String releaseId,
        String bankVersion,
        long images,
        Instant first,
        Instant last,
        String firstSource,
        String lastSource) {

    static Produced of(ImageAnnotated result) {
        String source = result.getSource().getPartition() + "@" + result.getSource().getOffset();
        return new Produced(
                result.getOrigin().getSlide(),
                result.getReleaseId(),
                result.getBankVersion(),
                1,
                result.getIngestedAt(),
                result.getIngestedAt(),
                source,
                source);
    }

    Produced plus(Produced other) {
        boolean otherFirst = other.first.isBefore(first);
        boolean otherLast = !other.last.isBefore(last);
        return new Produced(
                slide,
                releaseId,
                bankVersion,
                images + other.images,
                otherFirst ? other.first : first,
                otherLast ? other.last : last,
                otherFirst ? other.firstSource : firstSource,
                otherLast ? other.lastSource : lastSource);
    }
}
