// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns committed messages into the page's feed and figures. Results from before this process are
 * shown but not measured. Used by the reader's thread.
 */
public final class FeedWriter implements CommittedListener {

    private final Feed feed;
    private final FeedStatistics statistics;
    private final Telemetry telemetry;
    private final JsonMapper json = Json.mapper();

    public FeedWriter(Feed feed, FeedStatistics statistics, Telemetry telemetry) {
        this.feed = feed;
        this.statistics = statistics;
        this.telemetry = telemetry;
    }

    @Override
    public void annotated(ImageAnnotated result, Instant seenAt) {
        Duration latency = null;
        if (isNew(result.getEmittedAt())) {
            latency = between(result.getIngestedAt(), seenAt);
            telemetry.committed(latency);
            statistics.annotated(latency, result.getCells().size(), abstained(result));
        }
        feed.result(view(result, latency));
    }

    @Override
    public void rejected(ImageRejected rejection) {
        if (isNew(rejection.getRejectedAt())) {
            statistics.rejected();
        }
        feed.rejection(Json.write(json, RejectionView.of(rejection)));
    }

    @Override
    public void summarised(SlideSummarised summary) {
        feed.slide(summary.getSlide(), Json.write(json, SlideView.of(summary)));
    }

    private boolean isNew(Instant madeAt) {
        return !madeAt.isBefore(statistics.startedAt());
    }

    private String view(ImageAnnotated result, @Nullable Duration latency) {
        return Json.write(json, ResultView.of(result, latency));
    }

    /** Never negative: the broker's clock may run ahead of ours. */
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    private static int abstained(ImageAnnotated result) {
        return (int) result.getCells().stream().filter(AnnotatedCell::getAbstained).count();
    }
}
