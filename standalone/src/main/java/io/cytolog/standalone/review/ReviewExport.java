// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import io.cytolog.app.Content;
import io.cytolog.content.ContentFetcher;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ReviewDecided;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.Position;
import io.cytolog.standalone.log.RecordSeeker;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.standalone.log.TopicScan.Visitor;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import io.cytolog.topology.CapturedContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads decisions and results from a cluster's topics and writes the labelled cells into a folder,
 * for {@code train --from-reviews}. Owned by one thread.
 */
public final class ReviewExport implements AutoCloseable {

    private static final int MOST_SLIDES = 200_000;
    private static final TimeRange ALL = new TimeRange(null, null);

    private final Cluster cluster;
    private final EventSerdes serdes;
    private final ContentFetcher content;
    private final RecordSeeker sources;
    private final Topic<ImageCaptured> captured;
    private final Deserializer<Readable<ImageCaptured>> reader;
    private final CellCutter cutter = new CellCutter();
    private final Map<String, SlideReviews> slides = new HashMap<>();
    private int decisions;
    private int gone;

    /**
     * What came of it.
     *
     * @param decisions that were read
     * @param slides with a label or more
     * @param cells by finding
     * @param gone results whose image is no longer to be had, or no longer accepted
     */
    public record Exported(int decisions, int slides, Map<String, Integer> cells, int gone) {}

    public ReviewExport(Cluster cluster, EventSerdes serdes) {
        this.cluster = cluster;
        this.serdes = serdes;
        this.content = Content.of(cluster.config());
        this.sources = new RecordSeeker(cluster);
        this.captured = cluster.topic(Topics.IMAGES_CAPTURED);
        this.reader = serdes.readable(captured).deserializer();
    }

    /**
     * @param progress offsets of results done, of how many
     */
    public Exported into(Path folder, BiConsumer<Long, Long> progress) throws IOException {
        readDecisions();
        ReviewedFolder written = new ReviewedFolder(folder);
        Topic<ImageAnnotated> topic = cluster.topic(Topics.IMAGES_ANNOTATED);
        AvroDeserializer<ImageAnnotated> results = serdes.deserializer(topic);
        try (TopicScan scan = TopicScan.of(cluster, topic, ALL)) {
            Visitor<IOException> each =
                    record -> add(results.deserialize(topic.name(), record.value()), written);
            scan.forEach(each, done -> progress.accept(done, scan.total()));
        }
        written.complete();
        return new Exported(decisions, slides.size(), written.counts(), gone);
    }

    private void readDecisions() {
        Topic<ReviewDecided> topic = cluster.topic(Topics.REVIEWS_DECIDED);
        AvroDeserializer<ReviewDecided> reviews = serdes.deserializer(topic);
        try (TopicScan scan = TopicScan.of(cluster, topic, ALL)) {
            Visitor<RuntimeException> each =
                    record -> decided(reviews.deserialize(topic.name(), record.value()));
            scan.forEach(each, done -> {});
        }
        slides.values().removeIf(SlideReviews::isEmpty);
    }

    private void decided(ReviewDecided decision) {
        decisions++;
        slides.computeIfAbsent(decision.getSlide(), slide -> new SlideReviews()).add(decision);
        if (slides.size() > MOST_SLIDES) {
            throw new InvalidInputException(
                    "more than %,d reviewed slides; export by topics of their own"
                            .formatted(MOST_SLIDES));
        }
    }

    private void add(ImageAnnotated result, ReviewedFolder written) throws IOException {
        SlideReviews reviews = slides.get(result.getOrigin().getSlide());
        if (reviews == null) {
            return;
        }
        Optional<ImageBytes> image = Optional.empty();
        for (int cell = 0; cell < result.getCells().size(); cell++) {
            Optional<Label> label = reviews.label(result, cell);
            if (label.isPresent()) {
                image = image.isPresent() ? image : image(result);
                if (image.isEmpty()) {
                    gone++;
                    return;
                }
                write(result, cell, label.get(), image.get(), written);
            }
        }
    }

    private void write(
            ImageAnnotated result, int cell, Label label, ImageBytes image, ReviewedFolder written)
            throws IOException {
        try {
            if (result.getKind() == ImageKind.CELL) {
                written.add(result, cell, label, image.array(), cutter.suffix(image));
            } else {
                AnnotatedCell said = result.getCells().get(cell);
                written.add(result, cell, label, cutter.cut(image, said.getBox()), ".png");
            }
        } catch (RejectedImageException e) {
            gone++;
        }
    }

    /** The image of a result, its digest checked; empty when it is not to be had. */
    private Optional<ImageBytes> image(ImageAnnotated result) {
        Position position =
                new Position(result.getSource().getPartition(), result.getSource().getOffset());
        return sources.at(result.getSource().getTopic(), position)
                .flatMap(
                        record ->
                                switch (reader.deserialize(captured.name(), record.value())) {
                                    case Readable.Read<ImageCaptured>(ImageCaptured read) ->
                                            image(read);
                                    case Readable.Unreadable<ImageCaptured> _ -> Optional.empty();
                                })
                .filter(image -> image.sha256().equals(result.getImageSha256()));
    }

    private Optional<ImageBytes> image(ImageCaptured read) {
        try {
            return Optional.of(CapturedContent.of(read, content));
        } catch (RejectedImageException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        sources.close();
        content.close();
    }
}
