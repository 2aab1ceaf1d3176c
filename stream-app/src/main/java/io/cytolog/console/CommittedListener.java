// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import java.time.Instant;

/** Is told of every committed result, in partition order, by the reader's one thread. */
public interface CommittedListener {

    /**
     * @param seenAt when it could be read
     */
    void annotated(ImageAnnotated result, Instant seenAt);

    void rejected(ImageRejected rejection);

    void summarised(SlideSummarised summary);
}
