// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;

/** The topics that the stream touches, with the prefix of a deployment. */
public record StreamTopics(
        Topic<ImageCaptured> captured,
        Topic<ImageAnnotated> annotated,
        Topic<ImageRejected> rejected,
        Topic<SlideSummarised> summarised) {

    public static StreamTopics named(String prefix) {
        return new StreamTopics(
                Topics.IMAGES_CAPTURED.named(prefix),
                Topics.IMAGES_ANNOTATED.named(prefix),
                Topics.IMAGES_REJECTED.named(prefix),
                Topics.SLIDES_SUMMARISED.named(prefix));
    }
}
