// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellBox;
import io.cytolog.event.FindingCount;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.MatchedSentence;
import io.cytolog.event.Priority;
import io.cytolog.event.RecordOrigin;
import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import io.cytolog.smear.CellKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages as the stream commits them, of synthetic cells; not one of them is real. */
final class SyntheticFeed {

    static final String RELEASE = "3f9a1c07d2b4".repeat(6).substring(0, 64);

    private static final Map<CellKind, String> SENTENCES =
            Map.of(
                    CellKind.SEGMENTED_NEUTROPHIL,
                    "A mature neutrophil: three to four lobes of dense chromatin joined by thin"
                            + " threads, fine pale-pink granules.",
                    CellKind.BAND_NEUTROPHIL,
                    "A band cell with a smooth, unsegmented horseshoe nucleus and pink cytoplasm.",
                    CellKind.LYMPHOCYTE,
                    "A small lymphocyte: round dense nucleus almost filling the cell, with a thin"
                            + " rim of clear blue.",
                    CellKind.MONOCYTE,
                    "A large monocyte with a folded, kidney-shaped nucleus and grey-blue, vacuolated"
                            + " cytoplasm.",
                    CellKind.EOSINOPHIL,
                    "A two-lobed nucleus amid coarse, uniform orange-red granules.",
                    CellKind.BASOPHIL,
                    "Dark violet granules so coarse that they hide the nucleus.",
                    CellKind.ERYTHROBLAST,
                    "A nucleated red cell with a small, round, ink-dark nucleus.",
                    CellKind.BLAST,
                    "A blast: large round nucleus with fine open chromatin, a clear nucleolus and"
                            + " scant blue cytoplasm.");

    private SyntheticFeed() {}

    static CellKind kind(int number) {
        List<CellKind> kinds =
                List.of(
                        CellKind.SEGMENTED_NEUTROPHIL,
                        CellKind.LYMPHOCYTE,
                        CellKind.MONOCYTE,
                        CellKind.EOSINOPHIL,
                        CellKind.SEGMENTED_NEUTROPHIL,
                        CellKind.BLAST,
                        CellKind.BASOPHIL,
                        CellKind.BAND_NEUTROPHIL,
                        CellKind.ERYTHROBLAST);
        return kinds.get(number % kinds.size());
    }

    static String resultId(int number) {
        return "%064x".formatted(number + 1);
    }

    static ImageAnnotated cell(int number, Instant now) {
        return result(number, now, ImageKind.CELL, List.of(annotated(number, kind(number))));
    }

    static ImageAnnotated field(int number, int cells, Instant now) {
        return result(
                number,
                now,
                ImageKind.FIELD,
                IntStream.range(0, cells).mapToObj(i -> annotated(i + 1, kind(i))).toList());
    }

    static ImageRejected rejection(int number, Instant now) {
        return ImageRejected.newBuilder()
                .setImageId("bad-" + number)
                .setSourceName("synthetic_cut_%03d.jpg".formatted(number))
                .setOrigin(origin(number, now))
                .setSource(new RecordOrigin("images.captured", 0, 1_000L + number))
                .setStage(RejectionStage.GATE)
                .setReason(RejectionReason.TRUNCATED)
                .setDetail("the JPEG ends after 1,024 bytes without an end marker; send it again")
                .setIngestedAt(now.minusMillis(20))
                .setRejectedAt(now)
                .build();
    }

    static SlideSummarised summary(int slide, Instant now) {
        return SlideSummarised.newBuilder()
                .setSlide("S26-%04d-A%d".formatted(417 + slide, 1 + slide % 3))
                .setAccession("H26-%04d".formatted(417 + slide))
                .setSpecimen("blood")
                .setStatus(SlideStatus.PRELIMINARY)
                .setRevision(12L)
                .setSupersedes(11L)
                .setImages(40L + slide)
                .setCells(112 + 3L * slide)
                .setAbstained(7L + slide)
                .setReviewRequired(2L)
                .setFindings(
                        List.of(
                                count("neutrophil_segmented", "Segmented neutrophil", 61),
                                count("lymphocyte", "Lymphocyte", 30),
                                count("monocyte", "Monocyte", 9)))
                .setSentences(List.of())
                .setReleaseIds(List.of(RELEASE))
                .setFirstCapturedAt(now)
                .setLastEmittedAt(now)
                .build();
    }

    private static FindingCount count(String finding, String display, long cells) {
        return new FindingCount(finding, display, cells, 0.9);
    }

    private static ImageAnnotated result(
            int number, Instant now, ImageKind kind, List<AnnotatedCell> cells) {
        return ImageAnnotated.newBuilder()
                .setResultId(resultId(number))
                .setImageId("image-" + number)
                .setImageSha256("0".repeat(64))
                .setSourceName("synthetic_%s_%03d.png".formatted(word(kind.name()), number))
                .setReleaseId(RELEASE)
                .setBankVersion("1")
                .setOrigin(origin(number, now))
                .setSource(new RecordOrigin("images.captured", 0, (long) number))
                .setKind(kind)
                .setWidth(360)
                .setHeight(360)
                .setCells(cells)
                .setIngestedAt(now.minusMillis(35 + number % 40))
                .setInferredAt(now)
                .setEmittedAt(now)
                .build();
    }

    private static ImageOrigin origin(int number, Instant now) {
        return ImageOrigin.newBuilder()
                .setAccession("H26-%04d".formatted(417 + number % 4))
                .setSpecimen("blood")
                .setSlide("S26-%04d-A%d".formatted(417 + number % 4, 1 + number % 3))
                .setCapturedAt(now)
                .setPriority(Priority.ROUTINE)
                .build();
    }

    private static AnnotatedCell annotated(int number, CellKind kind) {
        boolean abstained = number % 4 == 2;
        double probability = abstained ? 0.41 : 0.78 + number % 20 / 100.0;
        return AnnotatedCell.newBuilder()
                .setBox(new CellBox(0, 0, 360, 360))
                .setFinding(abstained ? "unidentified" : kind.id())
                .setFindingDisplay(abstained ? "Unidentified" : display(kind))
                .setCandidate(kind.id())
                .setProbability(probability)
                .setRunnerUp("lymphocyte")
                .setMargin(abstained ? 0.01 : 0.2)
                .setProbabilities(Map.of(kind.id(), probability))
                .setAbstained(abstained)
                .setAbstentionReason(abstained ? "low-margin" : null)
                .setReviewRequired(kind == CellKind.BLAST)
                .setSentences(
                        List.of(
                                new MatchedSentence(
                                        word(kind.id()) + "-1", SENTENCES.get(kind), 0.71),
                                new MatchedSentence("nucleus-3", "The nucleus is dense.", 0.55)))
                .build();
    }

    private static String display(CellKind kind) {
        return switch (kind) {
            case SEGMENTED_NEUTROPHIL -> "Segmented neutrophil";
            case BAND_NEUTROPHIL -> "Band neutrophil";
            default -> kind.id().substring(0, 1).toUpperCase(Locale.ROOT) + kind.id().substring(1);
        };
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
