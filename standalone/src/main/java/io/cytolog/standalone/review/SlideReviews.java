// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.Decision;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ReviewDecided;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on one slide, later ones over earlier ones, and what they make of its cells.
 *
 * <p>ACCEPT stands for every finding that had been given when it was decided; abstained cells get
 * no label from it. RECLASSIFY gives one cell another finding, accepted slide or not. REJECT takes
 * back all that was decided before it. Owned by one thread.
 */
final class SlideReviews {

    /** A cell of a result. */
    private record CellOf(String resultId, int cell) {}

    private final Map<CellOf, ReviewDecided> reclassified = new HashMap<>();
    private @Nullable ReviewDecided accepted;

    /** Takes decisions in the order of the topic. */
    void add(ReviewDecided decision) {
        switch (decision.getDecision()) {
            case ACCEPT -> accepted = decision;
            case RECLASSIFY -> reclassify(decision);
            case REJECT -> {
                accepted = null;
                reclassified.clear();
            }
            case UNKNOWN -> {
                // A decision of a later version: nothing is concluded from it.
            }
        }
    }

    private void reclassify(ReviewDecided decision) {
        String result = decision.getResultId();
        Integer cell = decision.getCellIndex();
        String finding = decision.getFinding();
        if (result != null && cell != null && finding != null && !finding.isBlank()) {
            reclassified.put(new CellOf(result, cell), decision);
        }
    }

    /** Whether any cell can have a label. */
    boolean isEmpty() {
        return accepted == null && reclassified.isEmpty();
    }

    /**
     * The label of a cell; empty when nobody gave one.
     *
     * @param cell place in the result, from 0
     */
    Optional<Label> label(ImageAnnotated result, int cell) {
        ReviewDecided changed = reclassified.get(new CellOf(result.getResultId(), cell));
        if (changed != null) {
            return Optional.of(new Label(changed.getFinding(), changed));
        }
        AnnotatedCell said = result.getCells().get(cell);
        ReviewDecided seen = accepted;
        if (seen == null
                || said.getAbstained()
                || result.getEmittedAt().isAfter(seen.getDecidedAt())) {
            return Optional.empty();
        }
        return Optional.of(new Label(said.getFinding(), seen));
    }

    /** Whether a decision may be counted. */
    static boolean understood(ReviewDecided decision) {
        return decision.getDecision() != Decision.UNKNOWN;
    }
}
