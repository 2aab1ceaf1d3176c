// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.standalone.letter.DeadLetter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** How dead letters are printed; never their pixels. */
final class LetterText {

    static final String HEADING =
            "%-10s %-20s %-7s %-20s %-18s %s"
                    .formatted("POSITION", "REJECTED AT", "STAGE", "REASON", "SLIDE", "IMAGE");

    private LetterText() {}

    static String row(DeadLetter letter) {
        ImageRejected value = letter.value();
        return "%-10s %-20s %-7s %-20s %-18s %s%s"
                .formatted(
                        letter.position(),
                        value.getRejectedAt().truncatedTo(ChronoUnit.SECONDS),
                        value.getStage(),
                        value.getReason(),
                        letter.slide(),
                        value.getSourceName(),
                        value.getReplayOf() == null ? "" : " (a replay)");
    }

    /** Everything but the original's bytes. */
    static Map<String, Object> fields(DeadLetter letter) {
        ImageRejected value = letter.value();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("position", letter.position().toString());
        fields.put("rejectedAt", value.getRejectedAt().toString());
        fields.put("ingestedAt", value.getIngestedAt().toString());
        fields.put("stage", value.getStage().name());
        fields.put("reason", value.getReason().name());
        fields.put("detail", value.getDetail());
        fields.put("imageId", value.getImageId());
        fields.put("sourceName", value.getSourceName());
        fields.put("source", letter.source());
        fields.put("slide", letter.slide());
        ImageOrigin origin = value.getOrigin();
        if (origin != null) {
            fields.put("accession", origin.getAccession());
            fields.put("specimen", origin.getSpecimen());
            fields.put("priority", origin.getPriority().name());
        }
        if (value.getContentUri() != null) {
            fields.put("contentUri", value.getContentUri());
        }
        if (value.getReplayOf() != null) {
            fields.put(
                    "replayOf",
                    "%s-%d@%d"
                            .formatted(
                                    value.getReplayOf().getTopic(),
                                    value.getReplayOf().getPartition(),
                                    value.getReplayOf().getOffset()));
        }
        fields.put(
                "originalBytes",
                value.getOriginalValue() == null ? 0 : value.getOriginalValue().remaining());
        return fields;
    }
}
