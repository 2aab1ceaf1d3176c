// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellMeasurement;
import io.cytolog.event.ImageAnnotated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as the page shows it; the names are those of the JSON.
 *
 * @param latencyMs from the image's record to the moment the result could be read; null for results
 *     from before this process
 * @param cellCount cells of the image, of which {@code cells} holds the first {@value #MOST_CELLS}
 */
record ResultView(
        String resultId,
        String slide,
        String file,
        String kind,
        String releaseId,
        Instant emittedAt,
        @Nullable Long latencyMs,
        int cellCount,
        List<Cell> cells) {

    static final int MOST_CELLS = 24;

    private static final int MOST_SENTENCES = 3;

    /**
     * @param picture address of the cell's picture, which may be gone by now
     */
    record Cell(
            String picture,
            String finding,
            String display,
            String candidate,
            double probability,
            boolean abstained,
            @Nullable String reason,
            boolean reviewRequired,
            List<String> flags,
            List<Sentence> sentences,
            List<Length> measurements) {}

    /**
     * A measured value with its interval.
     *
     * @param unit UCUM
     */
    record Length(String quantity, double value, String unit, double lower, double upper) {}

    record Sentence(String text, double similarity) {}

    static ResultView of(ImageAnnotated result, @Nullable Duration latency) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_CELLS, result.getCells().size()); i++) {
            String picture = "/cells/%s/%d.png".formatted(result.getResultId(), i);
            cells.add(cell(picture, result.getCells().get(i)));
        }
        return new ResultView(
                result.getResultId(),
                result.getOrigin().getSlide(),
                result.getSourceName(),
                result.getKind().name(),
                result.getReleaseId(),
                result.getEmittedAt(),
                latency == null ? null : latency.toMillis(),
                result.getCells().size(),
                cells);
    }

    private static Cell cell(String picture, AnnotatedCell cell) {
        return new Cell(
                picture,
                cell.getFinding(),
                cell.getFindingDisplay(),
                cell.getCandidate(),
                cell.getProbability(),
                cell.getAbstained(),
                cell.getAbstentionReason(),
                cell.getReviewRequired(),
                cell.getQualityFlags(),
                cell.getSentences().stream()
                        .limit(MOST_SENTENCES)
                        .map(s -> new Sentence(s.getText(), s.getSimilarity()))
                        .toList(),
                cell.getMeasurements().stream().map(ResultView::length).toList());
    }

    private static Length length(CellMeasurement one) {
        return new Length(
                one.getQuantity(), one.getValue(), one.getUnit(), one.getLower(), one.getUpper());
    }
}
