// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.Priority;
import io.cytolog.event.RecordOrigin;
import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account of the demo: what adds up and what must not. */
class FeedAccountTest {

    private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

    private final FeedAccount account = new FeedAccount();

    @Test
    void addsUpWhenEveryImageHasOneOutcome() {
        // When
        account.captured(captured(), START);
        account.captured(captured(), START.plusMillis(10));
        account.annotated(annotated("S1", START), START.plusMillis(100));
        account.rejected(rejected(START.plusMillis(10)), START.plusMillis(500));

        // Then
        DemoSummary summary = account.summary(2, START.minusSeconds(8));
        assertThat(summary.addsUp()).isTrue();
        assertThat(summary.p50Ms()).isEqualTo(100);
        assertThat(summary.p99Ms()).isEqualTo(490);
        assertThat(summary.imagesPerSecond()).isEqualTo(4);
        assertThat(summary.firstResultMs()).isEqualTo(8_100);
    }

    @Test
    void doesNotAddUpWhenAnOutcomeComesTwice() {
        // When
        account.captured(captured(), START);
        account.annotated(annotated("S1", START), START);
        account.annotated(annotated("S1", START), START);

        // Then
        assertThat(account.addsUp()).isFalse();
    }

    @Test
    void waitsUntilTheSummaryOfEverySlideHoldsAllItsImages() {
        // Given
        account.annotated(annotated("S1", START), START);
        account.annotated(annotated("S1", START), START);
        account.summarised(summary("S1", 1), 0, 4);
        boolean early = account.allSummarised();

        // When
        account.summarised(summary("S1", 2), 0, 6);

        // Then
        assertThat(early).isFalse();
        assertThat(account.allSummarised()).isTrue();
        assertThat(account.summariesRead()).containsEntry(0, 7L);
    }

    @Test
    void needsNoSummaryOfASlideWhoseImagesWereAllRejected() {
        // When
        account.rejected(rejected(START), START);

        // Then
        assertThat(account.allSummarised()).isTrue();
        assertThat(account.rows()).singleElement().extracting(SlideRow::rejected).isEqualTo(1L);
    }

    private static ImageOrigin origin(String slide) {
        return ImageOrigin.newBuilder()
                .setAccession("A1")
                .setSpecimen("SP1")
                .setSlide(slide)
                .setCapturedAt(START)
                .setPriority(Priority.ROUTINE)
                .build();
    }

    private static ImageCaptured captured() {
        return ImageCaptured.newBuilder()
                .setImageId("i")
                .setOrigin(origin("S1"))
                .setSourceName("i.png")
                .setSha256("0".repeat(64))
                .setSizeBytes(1)
                .build();
    }

    private static RecordOrigin record() {
        return new RecordOrigin("images.captured", 0, 0L);
    }

    private static ImageAnnotated annotated(String slide, Instant ingested) {
        return ImageAnnotated.newBuilder()
                .setResultId("r")
                .setImageId("i")
                .setImageSha256("0".repeat(64))
                .setSourceName("i.png")
                .setReleaseId("0".repeat(64))
                .setBankVersion("1")
                .setOrigin(origin(slide))
                .setSource(record())
                .setKind(ImageKind.CELL)
                .setWidth(10)
                .setHeight(10)
                .setCells(List.of())
                .setIngestedAt(ingested)
                .setInferredAt(ingested)
                .setEmittedAt(ingested)
                .build();
    }

    private static ImageRejected rejected(Instant ingested) {
        return ImageRejected.newBuilder()
                .setImageId("i")
                .setSourceName("i.png")
                .setOrigin(origin("S2"))
                .setSource(record())
                .setStage(RejectionStage.GATE)
                .setReason(RejectionReason.EMPTY)
                .setDetail("no bytes")
                .setIngestedAt(ingested)
                .setRejectedAt(ingested)
                .build();
    }

    private static SlideSummarised summary(String slide, long images) {
        return SlideSummarised.newBuilder()
                .setSlide(slide)
                .setAccession("A1")
                .setSpecimen("SP1")
                .setStatus(SlideStatus.PRELIMINARY)
                .setRevision(images)
                .setImages(images)
                .setCells(0)
                .setAbstained(0)
                .setReviewRequired(0)
                .setFindings(List.of())
                .setSentences(List.of())
                .setReleaseIds(List.of())
                .setFirstCapturedAt(START)
                .setLastEmittedAt(START)
                .build();
    }
}
