// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import io.cytolog.app.Content;
import io.cytolog.batch.Priority;
import io.cytolog.cell.ImageKind;
import io.cytolog.content.ContentFetcher;
import io.cytolog.content.StorageFailedException;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.RecordOrigin;
import io.cytolog.image.RejectedImageException;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import io.cytolog.serving.AnnotatedImage;
import io.cytolog.serving.ServedRelease;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.Position;
import io.cytolog.standalone.log.RecordSeeker;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import io.cytolog.topology.CapturedContent;
import io.cytolog.topology.OutcomeMessages;
import io.cytolog.topology.RecordPosition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes results again from the images that they were made from, under the release and the bank that
 * they name, through the same code as the stream. A few images are under way at a time, so that
 * their cells share session runs. Owned by one thread.
 */
public final class Remaker implements AutoCloseable {

    private static final int UNDER_WAY = 64;

    private final OutcomeMessages messages = new OutcomeMessages(Clock.systemUTC());
    private final ContentFetcher content;
    private final EditionShelf editions;
    private final RecordSeeker sources;
    private final Topic<ImageCaptured> topic;
    private final Deserializer<Readable<ImageCaptured>> reader;
    private final Consumer<Remade> remade;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    private record UnderWay(
            ImageAnnotated recorded, String position, CompletableFuture<ImageAnnotated> again) {}

    /**
     * @param folders of releases that the cluster does not lead to
     * @param remade takes each result, in the order in which they were given
     */
    public Remaker(
            Cluster cluster, EventSerdes serdes, List<Path> folders, Consumer<Remade> remade) {
        this.content = Content.of(cluster.config());
        this.editions = new EditionShelf(cluster, serdes, folders);
        this.sources = new RecordSeeker(cluster);
        this.topic = cluster.topic(Topics.IMAGES_CAPTURED);
        this.reader = serdes.readable(topic).deserializer();
        this.remade = remade;
    }

    /** Begins to make a result again. */
    public void remake(ImageAnnotated recorded, Position position) throws InterruptedException {
        CompletableFuture<ImageAnnotated> again;
        try {
            again = again(recorded);
        } catch (NotRemakableException e) {
            again = CompletableFuture.failedFuture(e);
        }
        underWay.addLast(new UnderWay(recorded, position.toString(), again));
        if (underWay.size() >= UNDER_WAY) {
            finishOldest();
        }
    }

    /** Waits for those that are under way. */
    public void finish() throws InterruptedException {
        while (!underWay.isEmpty()) {
            finishOldest();
        }
    }

    private CompletableFuture<ImageAnnotated> again(ImageAnnotated recorded)
            throws NotRemakableException, InterruptedException {
        ImageCaptured captured = source(recorded.getSource());
        ServedRelease edition =
                editions.edition(recorded.getReleaseId(), recorded.getBankVersion());
        RecordPosition position = position(recorded.getSource(), recorded.getIngestedAt());
        try {
            var image =
                    edition.prepare(
                            CapturedContent.of(captured, content),
                            ImageKind.valueOf(captured.getKind().name()),
                            captured.getSha256());
            CompletableFuture<AnnotatedImage> result = edition.annotate(image, Priority.ROUTINE);
            return result.thenApply(annotated -> messages.message(captured, annotated, position));
        } catch (RejectedImageException e) {
            throw new NotRemakableException("its image is no longer accepted: " + e.getMessage());
        } catch (StorageFailedException e) {
            throw new NotRemakableException(e.getMessage());
        }
    }

    private ImageCaptured source(RecordOrigin origin) throws NotRemakableException {
        ConsumerRecord<byte[], byte[]> record =
                sources.at(
                                origin.getTopic(),
                                new Position(origin.getPartition(), origin.getOffset()))
                        .orElseThrow(
                                () ->
                                        new NotRemakableException(
                                                "its source %s-%d@%d is gone from the topic"
                                                        .formatted(
                                                                origin.getTopic(),
                                                                origin.getPartition(),
                                                                origin.getOffset())));
        return switch (reader.deserialize(topic.name(), record.value())) {
            case Readable.Read<ImageCaptured>(ImageCaptured captured) -> captured;
            case Readable.Unreadable<ImageCaptured> unreadable ->
                    throw new NotRemakableException(
                            "its source is unreadable: " + unreadable.why());
        };
    }

    private void finishOldest() throws InterruptedException {
        UnderWay oldest = underWay.removeFirst();
        ImageAnnotated recorded = oldest.recorded();
        try {
            ImageAnnotated again = oldest.again().get();
            List<String> differences = Comparison.differences(recorded, again);
            Verdict verdict =
                    !differences.isEmpty()
                            ? Verdict.DIFFERENT
                            : Comparison.identical(recorded, again)
                                    ? Verdict.IDENTICAL
                                    : Verdict.WITHIN_TOLERANCE;
            tell(oldest, verdict, differences);
        } catch (ExecutionException e) {
            tell(oldest, Verdict.NOT_REMAKABLE, List.of(String.valueOf(e.getCause().getMessage())));
        }
    }

    private void tell(UnderWay done, Verdict verdict, List<String> reasons) {
        ImageAnnotated recorded = done.recorded();
        remade.accept(
                new Remade(
                        recorded.getResultId(),
                        recorded.getOrigin().getSlide(),
                        recorded.getSourceName(),
                        recorded.getReleaseId(),
                        recorded.getBankVersion(),
                        done.position(),
                        verdict,
                        reasons));
    }

    private static RecordPosition position(RecordOrigin origin, Instant timestamp) {
        return new RecordPosition(
                origin.getTopic(), origin.getPartition(), origin.getOffset(), timestamp);
    }

    @Override
    public void close() {
        sources.close();
        editions.close();
        content.close();
    }
}
