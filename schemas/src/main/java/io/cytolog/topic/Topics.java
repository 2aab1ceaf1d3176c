// Licensed under the Apache License, Version 2.0.
package io.cytolog.topic;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.ReleaseAnnounced;
import io.cytolog.event.ReviewDecided;
import io.cytolog.event.SentenceBanked;
import io.cytolog.event.SlideSummarised;
import java.util.List;

/** Every topic there is, before the prefix of a deployment. */
public final class Topics {

    /** Longest image that travels inside a record; a longer one goes by claim check. */
    public static final int MAX_INLINE_BYTES = 1 << 20;

    /** Room for key, headers and batch framing above a value of full size. */
    public static final int BATCH_OVERHEAD_BYTES = 64 << 10;

    private static final int MAX_VALUE_BYTES = 2 << 20;

    /** A dead letter holds a whole source value and must still fit. */
    private static final int MAX_REJECTED_BYTES = MAX_VALUE_BYTES + (1 << 20);

    /** What a producer's {@code max.request.size} must be so that every topic's largest fits. */
    public static final int MAX_REQUEST_BYTES = MAX_REJECTED_BYTES + BATCH_OVERHEAD_BYTES;

    public static final Topic<ImageCaptured> IMAGES_CAPTURED =
            new Topic<>(
                    "images.captured", ImageCaptured.class, TopicKey.SLIDE, false, MAX_VALUE_BYTES);

    public static final Topic<ImageAnnotated> IMAGES_ANNOTATED =
            new Topic<>(
                    "images.annotated",
                    ImageAnnotated.class,
                    TopicKey.SLIDE,
                    false,
                    MAX_VALUE_BYTES);

    public static final Topic<ImageRejected> IMAGES_REJECTED =
            new Topic<>(
                    "images.rejected",
                    ImageRejected.class,
                    TopicKey.SLIDE,
                    false,
                    MAX_REJECTED_BYTES);

    public static final Topic<SlideSummarised> SLIDES_SUMMARISED =
            new Topic<>(
                    "slides.summarised",
                    SlideSummarised.class,
                    TopicKey.SLIDE,
                    false,
                    MAX_VALUE_BYTES);

    public static final Topic<ReviewDecided> REVIEWS_DECIDED =
            new Topic<>(
                    "reviews.decided", ReviewDecided.class, TopicKey.SLIDE, false, MAX_VALUE_BYTES);

    public static final Topic<ReleaseAnnounced> RELEASES_ANNOUNCED =
            new Topic<>(
                    "releases.announced",
                    ReleaseAnnounced.class,
                    TopicKey.CHANNEL,
                    true,
                    MAX_VALUE_BYTES);

    public static final Topic<SentenceBanked> SENTENCES_BANKED =
            new Topic<>(
                    "sentences.banked",
                    SentenceBanked.class,
                    TopicKey.SENTENCE,
                    true,
                    MAX_VALUE_BYTES);

    private static final List<Topic<?>> ALL =
            List.of(
                    IMAGES_CAPTURED,
                    IMAGES_ANNOTATED,
                    IMAGES_REJECTED,
                    SLIDES_SUMMARISED,
                    REVIEWS_DECIDED,
                    RELEASES_ANNOUNCED,
                    SENTENCES_BANKED);

    private Topics() {}

    /** All topics, in the order in which an image meets them. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** All topics with the prefix of a deployment. */
    public static List<Topic<?>> all(String prefix) {
        return ALL.stream().<Topic<?>>map(topic -> topic.named(prefix)).toList();
    }
}
