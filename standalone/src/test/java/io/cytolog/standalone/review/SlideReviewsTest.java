// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellBox;
import io.cytolog.event.Decision;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.RecordOrigin;
import io.cytolog.event.ReviewDecided;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What decisions make of cells. */
class SlideReviewsTest {

    private static final Instant EMITTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final ImageAnnotated RESULT = result();

    private final SlideReviews reviews = new SlideReviews();

    @Test
    void acceptingLabelsWhatWasGivenAndNotWhatWasAbstained() {
        reviews.add(decision(Decision.ACCEPT, 1).build());

        assertThat(finding(0)).contains("monocyte");
        assertThat(finding(1)).isEmpty();
    }

    @Test
    void acceptingSaysNothingOfResultsThatCameLater() {
        reviews.add(decision(Decision.ACCEPT, -1).build());

        assertThat(finding(0)).isEmpty();
    }

    @Test
    void theLastReclassificationHolds() {
        reviews.add(decision(Decision.ACCEPT, 1).build());
        reviews.add(reclassified(0, "blast"));
        reviews.add(reclassified(0, "promyelocyte"));
        reviews.add(reclassified(1, "basophil"));

        assertThat(finding(0)).contains("promyelocyte");
        assertThat(finding(1)).contains("basophil");
    }

    @Test
    void rejectingTakesEverythingBack() {
        reviews.add(decision(Decision.ACCEPT, 1).build());
        reviews.add(reclassified(0, "blast"));
        reviews.add(decision(Decision.REJECT, 2).build());

        assertThat(reviews.isEmpty()).isTrue();
        assertThat(finding(0)).isEmpty();
    }

    @Test
    void decisionsOfALaterVersionAndHalfOnesChangeNothing() {
        reviews.add(decision(Decision.UNKNOWN, 1).build());
        reviews.add(decision(Decision.RECLASSIFY, 1).setFinding("blast").build());

        assertThat(reviews.isEmpty()).isTrue();
    }

    private Optional<String> finding(int cell) {
        return reviews.label(RESULT, cell).map(Label::finding);
    }

    private static ReviewDecided reclassified(int cell, String finding) {
        return decision(Decision.RECLASSIFY, 1)
                .setResultId(RESULT.getResultId())
                .setCellIndex(cell)
                .setFinding(finding)
                .build();
    }

    private static ReviewDecided.Builder decision(Decision decision, int secondsAfter) {
        return ReviewDecided.newBuilder()
                .setSlide("slide-1")
                .setRevision(1)
                .setDecision(decision)
                .setReviewer("dr-test")
                .setRationale("")
                .setDecidedAt(EMITTED.plusSeconds(secondsAfter));
    }

    private static ImageAnnotated result() {
        return ImageAnnotated.newBuilder()
                .setResultId("r")
                .setImageId("i")
                .setImageSha256("s")
                .setSourceName("n")
                .setReleaseId("release")
                .setBankVersion("bank")
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A")
                                .setSpecimen("S")
                                .setSlide("slide-1")
                                .setCapturedAt(EMITTED)
                                .build())
                .setSource(new RecordOrigin("images.captured", 0, 0L))
                .setKind(ImageKind.CELL)
                .setWidth(10)
                .setHeight(10)
                .setCells(List.of(cell("monocyte", false), cell("blast", true)))
                .setIngestedAt(EMITTED)
                .setInferredAt(EMITTED)
                .setEmittedAt(EMITTED)
                .build();
    }

    private static AnnotatedCell cell(String candidate, boolean abstained) {
        return AnnotatedCell.newBuilder()
                .setBox(new CellBox(0, 0, 10, 10))
                .setFinding(abstained ? "unidentified" : candidate)
                .setFindingDisplay(candidate)
                .setCandidate(candidate)
                .setProbability(0.9)
                .setMargin(0.2)
                .setProbabilities(Map.of(candidate, 0.9))
                .setAbstained(abstained)
                .setReviewRequired(false)
                .setSentences(List.of())
                .build();
    }
}
