// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.letter;

import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.standalone.log.Position;
import java.util.Set;

/**
 * Which dead letters are meant; an empty set means all.
 *
 * @param slides by slide id
 * @param positions in {@code images.rejected}
 */
public record LetterFilter(
        Set<RejectionReason> reasons,
        Set<RejectionStage> stages,
        Set<String> slides,
        Set<Position> positions) {

    public LetterFilter {
        reasons = Set.copyOf(reasons);
        stages = Set.copyOf(stages);
        slides = Set.copyOf(slides);
        positions = Set.copyOf(positions);
    }

    boolean takes(DeadLetter letter) {
        return (reasons.isEmpty() || reasons.contains(letter.value().getReason()))
                && (stages.isEmpty() || stages.contains(letter.value().getStage()))
                && (slides.isEmpty() || slides.contains(letter.slide()))
                && (positions.isEmpty() || positions.contains(letter.position()));
    }
}
