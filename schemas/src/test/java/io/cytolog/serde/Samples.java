// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellBox;
import io.cytolog.event.Decision;
import io.cytolog.event.FindingCount;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.MatchedSentence;
import io.cytolog.event.Priority;
import io.cytolog.event.RecordOrigin;
import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.event.ReleaseAnnounced;
import io.cytolog.event.ReleaseRole;
import io.cytolog.event.ReviewDecided;
import io.cytolog.event.SentenceBanked;
import io.cytolog.event.SentenceCount;
import io.cytolog.event.SentenceState;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** One invented message of each kind; the kept bytes of {@code history/} hold these same values. */
final class Samples {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    private Samples() {}

    static List<SpecificRecordBase> all() {
        return List.of(
                captured(),
                annotated(),
                rejected(new byte[] {'{', '}'}),
                summarised(),
                reviewed(),
                announced(),
                banked());
    }

    static ImageOrigin origin() {
        return ImageOrigin.newBuilder()
                .setAccession("A-26-0001")
                .setSpecimen("S1")
                .setSlide("A-26-0001-S1-1")
                .setField("f07")
                .setScanner("bench scope")
                .setStain("MGG")
                .setObjective(100.0)
                .setMicronsPerPixel(0.1)
                .setCapturedAt(NOON)
                .setPriority(Priority.STAT)
                .build();
    }

    static ImageCaptured captured() {
        return captured(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});
    }

    static ImageCaptured captured(byte[] content) {
        return ImageCaptured.newBuilder()
                .setImageId("img-1")
                .setOrigin(origin())
                .setKind(ImageKind.CELL)
                .setSourceName("cell-0001.jpg")
                .setSha256("0".repeat(64))
                .setSizeBytes(content.length)
                .setContent(ByteBuffer.wrap(content))
                .build();
    }

    static ImageAnnotated annotated() {
        return ImageAnnotated.newBuilder()
                .setResultId("1".repeat(64))
                .setImageId("img-1")
                .setImageSha256("0".repeat(64))
                .setSourceName("cell-0001.jpg")
                .setReleaseId("2".repeat(64))
                .setBankVersion("3")
                .setOrigin(origin())
                .setSource(new RecordOrigin("images.captured", 2, 41L))
                .setKind(ImageKind.CELL)
                .setWidth(360)
                .setHeight(363)
                .setCells(List.of(cell()))
                .setIngestedAt(NOON)
                .setInferredAt(NOON.plusMillis(5))
                .setEmittedAt(NOON.plusMillis(7))
                .build();
    }

    private static AnnotatedCell cell() {
        var sentence = new MatchedSentence("s-12", "a nucleus of three lobes, 2 µm bridges", 0.5);
        return AnnotatedCell.newBuilder()
                .setBox(new CellBox(1, 2, 30, 40))
                .setFinding("segmented-neutrophil")
                .setFindingDisplay("Segmented neutrophil")
                .setCandidate("segmented-neutrophil")
                .setProbability(0.75)
                .setRunnerUp("band-neutrophil")
                .setMargin(0.125)
                .setProbabilities(Map.of("segmented-neutrophil", 0.75, "band-neutrophil", 0.25))
                .setAbstained(false)
                .setReviewRequired(false)
                .setSentences(List.of(sentence))
                .setQualityFlags(List.of("touches-edge"))
                .build();
    }

    static ImageRejected rejected(byte[] original) {
        return ImageRejected.newBuilder()
                .setImageId("")
                .setSourceName("")
                .setSource(new RecordOrigin("images.captured", 0, 7L))
                .setStage(RejectionStage.READ)
                .setReason(RejectionReason.UNREADABLE_RECORD)
                .setDetail("images.captured: value starts with byte 0x7b")
                .setOriginalValue(ByteBuffer.wrap(original))
                .setIngestedAt(NOON)
                .setRejectedAt(NOON)
                .build();
    }

    private static SlideSummarised summarised() {
        return SlideSummarised.newBuilder()
                .setSlide("A-26-0001-S1-1")
                .setAccession("A-26-0001")
                .setSpecimen("S1")
                .setStatus(SlideStatus.PRELIMINARY)
                .setRevision(2)
                .setSupersedes(1L)
                .setImages(1)
                .setCells(1)
                .setAbstained(0)
                .setReviewRequired(0)
                .setFindings(
                        List.of(
                                new FindingCount(
                                        "segmented-neutrophil", "Segmented neutrophil", 1L, 0.75)))
                .setSentences(List.of(new SentenceCount("s-12", "a nucleus of three lobes", 1L)))
                .setReleaseIds(List.of("2".repeat(64)))
                .setFirstCapturedAt(NOON)
                .setLastEmittedAt(NOON.plusMillis(7))
                .build();
    }

    private static ReviewDecided reviewed() {
        return ReviewDecided.newBuilder()
                .setSlide("A-26-0001-S1-1")
                .setRevision(2)
                .setDecision(Decision.RECLASSIFY)
                .setResultId("1".repeat(64))
                .setCellIndex(0)
                .setFinding("band-neutrophil")
                .setReviewer("jdoe")
                .setRationale("no filament")
                .setDecidedAt(NOON)
                .build();
    }

    private static ReleaseAnnounced announced() {
        return ReleaseAnnounced.newBuilder()
                .setChannel("default")
                .setReleaseId("2".repeat(64))
                .setLocation("file:releases/blood")
                .setRole(ReleaseRole.SHADOW)
                .setShare(0.5)
                .setAnnouncedBy("jdoe")
                .setAnnouncedAt(NOON)
                .build();
    }

    private static SentenceBanked banked() {
        return SentenceBanked.newBuilder()
                .setSentenceId("s-12")
                .setText("a nucleus of three lobes")
                .setFinding("segmented-neutrophil")
                .setState(SentenceState.ACTIVE)
                .setAuthor("jdoe")
                .setBankedAt(NOON)
                .build();
    }
}
