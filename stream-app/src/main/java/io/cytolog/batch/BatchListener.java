// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import java.time.Duration;

/**
 * What the batcher tells of its work, so that it need not know who measures it. Called by the
 * batcher's own threads: an implementation is brief, safe for any thread and never throws.
 */
public interface BatchListener {

    /** Listens to nothing. */
    BatchListener NONE =
            new BatchListener() {
                @Override
                public void batchRan(int cells, Duration waited, Duration ran) {}

                @Override
                public void imageLeft(Priority lane, Duration waited) {}

                @Override
                public void queueChanged(long bytes) {}
            };

    /**
     * A session run ended well.
     *
     * @param cells real cells in the batch, padding not counted
     * @param waited how long the oldest cell of the batch had stood in the queue
     * @param ran duration of the session run
     */
    void batchRan(int cells, Duration waited, Duration ran);

    /**
     * The last cell of an image left the queue for a session run.
     *
     * @param waited how long the image had stood in the queue
     */
    void imageLeft(Priority lane, Duration waited);

    /**
     * Cells entered or left the queue.
     *
     * @param bytes pixels now waiting
     */
    void queueChanged(long bytes);
}
