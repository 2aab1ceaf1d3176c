// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.bank.Abstention;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.CellBox;
import io.cytolog.event.CellMeasurement;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.MatchedSentence;
import io.cytolog.event.RecordOrigin;
import io.cytolog.image.Box;
import io.cytolog.image.Rejection;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import io.cytolog.serving.AnnotatedImage;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns outcomes into the messages of the contracts. Safe for any thread. */
public final class OutcomeMessages {

    /** A result of fewer cells always fits its topic, so its length is not worth measuring. */
    private static final int SURELY_FITS = 200;

    private final InstantSource clock;

    public OutcomeMessages(InstantSource clock) {
        this.clock = clock;
    }

    Outcome unreadable(byte[] value, String why, RecordPosition source) {
        var rejection = new Rejection(RejectionStage.READ, RejectionReason.UNREADABLE_RECORD, why);
        ImageRejected.Builder message =
                rejected(rejection, value, source).setImageId("").setSourceName("");
        return new Outcome.Rejected(message.build(), rejection);
    }

    Outcome rejected(
            ImageCaptured captured, byte[] value, Rejection rejection, RecordPosition source) {
        ImageRejected message =
                rejected(rejection, value, source)
                        .setImageId(captured.getImageId())
                        .setSourceName(captured.getSourceName())
                        .setOrigin(captured.getOrigin())
                        .setContentUri(captured.getContentUri())
                        .setReplayOf(captured.getReplayOf())
                        .build();
        return new Outcome.Rejected(message, rejection);
    }

    /** Whether the result of an image has to be measured, and its record kept for a dead letter. */
    static boolean mayBeTooLong(PreparedImage image) {
        return image.cells().size() > SURELY_FITS;
    }

    /** The result; a dead letter when it is longer than its topic takes. */
    Outcome annotated(
            ImageCaptured captured, byte[] value, AnnotatedImage result, RecordPosition source) {
        var outcome =
                new Outcome.Annotated(
                        captured.getImageId(),
                        captured.getSourceName(),
                        captured.getOrigin(),
                        source,
                        result,
                        captured.getReplayOf());
        int cells = result.annotation().cells().size();
        if (mayBeTooLong(result.image()) && !fits(outcome)) {
            var rejection =
                    new Rejection(
                            RejectionStage.LOCATE,
                            RejectionReason.TOO_MANY_PIXELS,
                            """
                            the result of %,d cells is longer than a record of %,d bytes; send \
                            smaller fields\
                            """
                                    .formatted(cells, Topics.IMAGES_ANNOTATED.maxRecordBytes()));
            return rejected(captured, value, rejection, source);
        }
        return outcome;
    }

    /**
     * The message of an image's result, for a program that reads and writes without this topology.
     */
    public ImageAnnotated message(
            ImageCaptured captured, AnnotatedImage result, RecordPosition source) {
        return message(
                new Outcome.Annotated(
                        captured.getImageId(),
                        captured.getSourceName(),
                        captured.getOrigin(),
                        source,
                        result,
                        captured.getReplayOf()));
    }

    /** The message of a result that is handed to the transaction now. */
    ImageAnnotated message(Outcome.Annotated outcome) {
        ImageAnnotation annotation = outcome.result().annotation();
        Instant inferredAt = outcome.result().inferredAt();
        return ImageAnnotated.newBuilder()
                .setResultId(annotation.resultId().value())
                .setImageId(outcome.imageId())
                .setImageSha256(annotation.imageSha256())
                .setSourceName(outcome.sourceName())
                .setReleaseId(annotation.releaseId().value())
                .setBankVersion(annotation.bankVersion())
                .setOrigin(outcome.origin())
                .setSource(recordOrigin(outcome.source()))
                .setKind(ImageKind.valueOf(annotation.kind().name()))
                .setWidth(annotation.width())
                .setHeight(annotation.height())
                .setCells(
                        annotation.cells().stream()
                                .map(cell -> cell(cell, outcome.origin().getMicronsPerPixel()))
                                .toList())
                .setQualityFlags(annotation.qualityFlags())
                .setIngestedAt(outcome.source().timestamp())
                .setInferredAt(inferredAt)
                .setEmittedAt(clock.instant())
                .setReplayOf(outcome.replayOf())
                .build();
    }

    private boolean fits(Outcome.Annotated outcome) {
        try {
            // Avro's own envelope is longer than the wire format's.
            int bytes = message(outcome).toByteBuffer().remaining();
            return bytes <= Topics.IMAGES_ANNOTATED.maxRecordBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImageRejected.Builder rejected(
            Rejection rejection, byte[] value, RecordPosition source) {
        boolean fits = value.length <= Topics.IMAGES_CAPTURED.maxRecordBytes();
        return ImageRejected.newBuilder()
                .setSource(recordOrigin(source))
                .setStage(io.cytolog.event.RejectionStage.valueOf(rejection.stage().name()))
                .setReason(io.cytolog.event.RejectionReason.valueOf(rejection.reason().name()))
                .setDetail(rejection.detail())
                .setOriginalValue(fits && value.length > 0 ? ByteBuffer.wrap(value) : null)
                .setIngestedAt(source.timestamp())
                .setRejectedAt(clock.instant());
    }

    private static AnnotatedCell cell(CellResult result, @Nullable Double micronsPerPixel) {
        CellAnnotation said = result.annotation();
        return AnnotatedCell.newBuilder()
                .setBox(box(result.cell().box()))
                .setFinding(said.findingId())
                .setFindingDisplay(said.findingDisplay())
                .setCandidate(said.candidate().id())
                .setProbability(said.probability())
                .setRunnerUp(said.runnerUp().id())
                .setMargin(said.margin())
                .setProbabilities(said.probabilities())
                .setAbstained(said.abstained())
                .setAbstentionReason(said.abstention().map(Abstention::code).orElse(null))
                .setReviewRequired(said.candidate().reviewRequired())
                .setSentences(sentences(said))
                .setQualityFlags(flags(result))
                .setMeasurements(measurements(said, micronsPerPixel))
                .build();
    }

    private static List<String> flags(CellResult result) {
        return Stream.concat(
                        result.cell().qualityFlags().stream(),
                        result.annotation().measured().flags().stream())
                .toList();
    }

    private static List<CellMeasurement> measurements(
            CellAnnotation said, @Nullable Double micronsPerPixel) {
        return said.measured().inUnits(micronsPerPixel).stream()
                .map(
                        m ->
                                new CellMeasurement(
                                        m.quantity().id(),
                                        m.value(),
                                        m.quantity().unit(),
                                        m.lower(),
                                        m.upper()))
                .toList();
    }

    private static List<MatchedSentence> sentences(CellAnnotation said) {
        return said.matches().stream()
                .map(
                        match ->
                                new MatchedSentence(
                                        match.sentence().id(),
                                        match.sentence().text(),
                                        match.similarity()))
                .toList();
    }

    private static CellBox box(Box box) {
        return new CellBox(box.x(), box.y(), box.width(), box.height());
    }

    private static RecordOrigin recordOrigin(RecordPosition source) {
        return new RecordOrigin(source.topic(), source.partition(), source.offset());
    }
}
