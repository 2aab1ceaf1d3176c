// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what came in and what came out. Every record counts: a duplicate or a loss makes the
 * account fail to add up. Written by the reader's thread, read by the command's; guarded by itself.
 */
final class FeedAccount implements FeedListener {

    private static final String NO_SLIDE = "(none)";

    private final SortedMap<String, SlideAccount> slides = new TreeMap<>();
    private final Map<Integer, Long> summariesRead = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long captured;
    private long annotated;
    private long rejected;
    private long cells;
    private long abstained;
    private Optional<Instant> firstArrived = Optional.empty();
    private Optional<Instant> firstAnnotated = Optional.empty();
    private Optional<Instant> lastDone = Optional.empty();

    @Override
    public synchronized void captured(ImageCaptured image, Instant arrived) {
        captured++;
        if (firstArrived.filter(first -> !arrived.isBefore(first)).isEmpty()) {
            firstArrived = Optional.of(arrived);
        }
    }

    @Override
    public synchronized void annotated(ImageAnnotated image, Instant seen) {
        annotated++;
        cells += image.getCells().size();
        abstained += image.getCells().stream().filter(AnnotatedCell::getAbstained).count();
        slide(image.getOrigin().getSlide()).annotated++;
        if (firstAnnotated.isEmpty()) {
            firstAnnotated = Optional.of(seen);
        }
        done(image.getIngestedAt(), seen);
    }

    @Override
    public synchronized void rejected(ImageRejected image, Instant seen) {
        rejected++;
        slide(image.getOrigin() == null ? NO_SLIDE : image.getOrigin().getSlide()).rejected++;
        done(image.getIngestedAt(), seen);
    }

    @Override
    public synchronized void summarised(SlideSummarised summary, int partition, long offset) {
        summariesRead.merge(partition, offset + 1, Math::max);
        slide(summary.getSlide()).summary = Optional.of(summary);
    }

    synchronized long captured() {
        return captured;
    }

    /** Images with an outcome. */
    synchronized long done() {
        return annotated + rejected;
    }

    /** Changes with every image that comes in or gets an outcome, and with no other thing. */
    synchronized long steps() {
        return captured + annotated + rejected;
    }

    /** Whether every image that came in has its one outcome. */
    synchronized boolean addsUp() {
        return captured == annotated + rejected;
    }

    /** Whether the latest summary of every slide holds all its annotated images. */
    synchronized boolean allSummarised() {
        return slides.values().stream().allMatch(SlideAccount::summarised);
    }

    /**
     * Where each partition of summaries was read up to; what lies before must be in the results.
     */
    synchronized Map<Integer, Long> summariesRead() {
        return Map.copyOf(summariesRead);
    }

    /**
     * @param files image files at the start
     * @param began start of the process
     */
    synchronized DemoSummary summary(long files, Instant began) {
        return new DemoSummary(
                files,
                captured,
                annotated,
                rejected,
                cells,
                abstained,
                latencies.percentileMillis(0.5),
                latencies.percentileMillis(0.99),
                imagesPerSecond(),
                firstAnnotated.map(first -> Duration.between(began, first).toMillis()).orElse(0L));
    }

    synchronized List<SlideRow> rows() {
        return slides.entrySet().stream()
                .map(slide -> slide.getValue().row(slide.getKey()))
                .toList();
    }

    private double imagesPerSecond() {
        if (firstArrived.isEmpty() || lastDone.isEmpty()) {
            return 0;
        }
        long millis = Duration.between(firstArrived.get(), lastDone.get()).toMillis();
        return (annotated + rejected) * 1000.0 / Math.max(1, millis);
    }

    private void done(Instant ingested, Instant seen) {
        latencies.add(Duration.between(ingested, seen));
        lastDone = Optional.of(seen);
    }

    private SlideAccount slide(String id) {
        return slides.computeIfAbsent(id, _ -> new SlideAccount());
    }

    private static final class SlideAccount {
        private long annotated;
        private long rejected;
        private Optional<SlideSummarised> summary = Optional.empty();

        boolean summarised() {
            return annotated == summary.map(SlideSummarised::getImages).orElse(0L);
        }

        SlideRow row(String slide) {
            return new SlideRow(
                    slide,
                    annotated,
                    rejected,
                    summary.map(SlideSummarised::getCells).orElse(0L),
                    summary.map(SlideSummarised::getAbstained).orElse(0L),
                    summary.map(SlideSummarised::getReviewRequired).orElse(0L),
                    summary.map(SlideSummarised::getFindings).orElse(List.of()));
        }
    }
}
