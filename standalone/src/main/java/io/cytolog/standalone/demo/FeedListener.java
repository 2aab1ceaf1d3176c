// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import java.time.Instant;

/** Is told of every committed record of the feed, in turn, by the one thread that reads it. */
interface FeedListener {

    /**
     * @param arrived when the broker appended the record
     */
    void captured(ImageCaptured image, Instant arrived);

    /**
     * @param seen when the committed record was read
     */
    void annotated(ImageAnnotated image, Instant seen);

    /**
     * @param seen when the committed record was read
     */
    void rejected(ImageRejected image, Instant seen);

    /**
     * @param partition of the topic of summaries
     * @param offset in that partition
     */
    void summarised(SlideSummarised slide, int partition, long offset);
}
