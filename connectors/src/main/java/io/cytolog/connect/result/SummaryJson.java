// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cytolog.connect.hl7.SummaryMessage;
import io.cytolog.event.FindingCount;
import io.cytolog.event.SentenceCount;
import io.cytolog.event.SlideSummarised;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A summary as JSON with the record's own field names, and the version of one that was written. */
final class SummaryJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SummaryJson() {}

    static String of(SlideSummarised summary) {
        ObjectNode json = JSON.createObjectNode();
        json.put("notice", SummaryMessage.NOTICE);
        json.put("slide", summary.getSlide());
        json.put("accession", summary.getAccession());
        json.put("specimen", summary.getSpecimen());
        json.put("status", summary.getStatus().name());
        json.put("revision", summary.getRevision());
        json.put("supersedes", summary.getSupersedes());
        json.put("images", summary.getImages());
        json.put("cells", summary.getCells());
        json.put("abstained", summary.getAbstained());
        json.put("reviewRequired", summary.getReviewRequired());
        findings(json, summary);
        sentences(json, summary);
        summary.getReleaseIds().forEach(json.putArray("releaseIds")::add);
        json.put("firstCapturedAt", summary.getFirstCapturedAt().toString());
        json.put("lastEmittedAt", summary.getLastEmittedAt().toString());
        return text(json) + "\n";
    }

    /** The version in a file that {@link #of} wrote; empty when the text is something else. */
    static Optional<SummaryVersion> version(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(
                    new SummaryVersion(
                            Instant.parse(json.path("lastEmittedAt").asText()),
                            json.path("revision").asLong()));
        } catch (JsonProcessingException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static void findings(ObjectNode json, SlideSummarised summary) {
        var array = json.putArray("findings");
        for (FindingCount finding : summary.getFindings()) {
            array.addObject()
                    .put("finding", finding.getFinding())
                    .put("display", finding.getDisplay())
                    .put("cells", finding.getCells())
                    .put("meanProbability", finding.getMeanProbability());
        }
    }

    private static void sentences(ObjectNode json, SlideSummarised summary) {
        var array = json.putArray("sentences");
        for (SentenceCount sentence : summary.getSentences()) {
            array.addObject()
                    .put("sentenceId", sentence.getSentenceId())
                    .put("text", sentence.getText())
                    .put("cells", sentence.getCells());
        }
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
