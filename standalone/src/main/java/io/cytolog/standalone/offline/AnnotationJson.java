// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.bank.Abstention;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Match;
import io.cytolog.image.Box;
import io.cytolog.image.Rejection;
import io.cytolog.measure.Measurement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON line of one image; its records are the contract that scripts read. */
final class AnnotationJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** An image with its cells. */
    record Annotated(
            String path,
            String kind,
            String releaseId,
            String resultId,
            int width,
            int height,
            List<String> qualityFlags,
            List<Cell> cells) {}

    /**
     * A cell; {@code reason} is absent unless it was abstained, {@code measurements} unless
     * something was measured.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cell(
            int[] box,
            String finding,
            String candidate,
            double probability,
            Map<String, Double> probabilities,
            boolean abstained,
            String reason,
            boolean reviewRequired,
            List<Fit> sentences,
            List<Length> measurements) {}

    /** A measured value with its interval; the unit is UCUM. */
    record Length(String quantity, double value, String unit, double lower, double upper) {}

    /** A sentence that fits a cell; similarity is a cosine. */
    record Fit(String id, String text, double similarity) {}

    /** An image that was turned away. */
    record Refused(String path, Why rejected) {}

    /** Step, code and detail of a rejection. */
    record Why(String stage, String reason, String detail) {}

    private AnnotationJson() {}

    static String annotated(String path, ImageAnnotation image, @Nullable Double micronsPerPixel) {
        return line(
                new Annotated(
                        path,
                        image.kind().name().toLowerCase(Locale.ROOT),
                        image.releaseId().value(),
                        image.resultId().value(),
                        image.width(),
                        image.height(),
                        image.qualityFlags(),
                        image.cells().stream().map(c -> cell(c, micronsPerPixel)).toList()));
    }

    static String rejected(String path, Rejection rejection) {
        return line(
                new Refused(
                        path,
                        new Why(
                                rejection.stage().name(),
                                rejection.reason().name(),
                                rejection.detail())));
    }

    private static Cell cell(CellResult result, @Nullable Double micronsPerPixel) {
        CellAnnotation said = result.annotation();
        Box box = result.cell().box();
        List<Length> lengths =
                said.measured().inUnits(micronsPerPixel).stream()
                        .map(AnnotationJson::length)
                        .toList();
        return new Cell(
                new int[] {box.x(), box.y(), box.width(), box.height()},
                said.findingId(),
                said.candidate().id(),
                said.probability(),
                said.probabilities(),
                said.abstained(),
                said.abstention().map(Abstention::code).orElse(null),
                said.candidate().reviewRequired(),
                said.matches().stream().map(AnnotationJson::fit).toList(),
                lengths.isEmpty() ? null : lengths);
    }

    private static Length length(Measurement one) {
        return new Length(
                one.quantity().id(), one.value(), one.quantity().unit(), one.lower(), one.upper());
    }

    private static Fit fit(Match match) {
        return new Fit(match.sentence().id(), match.sentence().text(), match.similarity());
    }

    private static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }
}
