// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.event.FindingCount;
import io.cytolog.event.SentenceCount;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import java.time.Instant;
import java.util.List;

/** Summaries to test with. */
public final class Summaries {
    public static final String RELEASE = "sha256:0f1e2d3c";

    private Summaries() {}

    public static SlideSummarised.Builder summary() {
        return SlideSummarised.newBuilder()
                .setSlide("SYN-26-0001-A-1")
                .setAccession("SYN-26-0001")
                .setSpecimen("A")
                .setStatus(SlideStatus.PRELIMINARY)
                .setRevision(3L)
                .setSupersedes(2L)
                .setImages(6L)
                .setCells(14L)
                .setAbstained(2L)
                .setReviewRequired(1L)
                .setFindings(
                        List.of(
                                new FindingCount(
                                        "neutrophil_segmented", "Segmented neutrophil", 9L, 0.9134),
                                new FindingCount("blast", "Blast", 3L, 0.71)))
                .setSentences(
                        List.of(
                                new SentenceCount(
                                        "s-1", "Nucleus with 3|4 lobes & fine^granules", 8L),
                                new SentenceCount("s-2", "Zwei\nZeilen \\ Öl~Tropfen", 2L)))
                .setReleaseIds(List.of(RELEASE))
                .setFirstCapturedAt(Instant.parse("2026-03-01T10:15:30.250Z"))
                .setLastEmittedAt(Instant.parse("2026-03-01T10:16:00Z"));
    }
}
