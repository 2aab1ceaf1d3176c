// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.batch.BatchListener;
import io.cytolog.batch.Priority;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells of the batchers of several editions as of one: bytes that wait are added up. Any thread may
 * call it.
 */
public final class SummedQueues {

    private final BatchListener all;
    private final AtomicLong total = new AtomicLong();

    public SummedQueues(BatchListener all) {
        this.all = all;
    }

    /** To be told by the batcher of one more edition. */
    public BatchListener one() {
        return new One();
    }

    /** Bytes that wait in all of them. */
    public long bytes() {
        return total.get();
    }

    private final class One implements BatchListener {

        private final AtomicLong last = new AtomicLong();

        @Override
        public void batchRan(int cells, Duration waited, Duration ran) {
            all.batchRan(cells, waited, ran);
        }

        @Override
        public void imageLeft(Priority lane, Duration waited) {
            all.imageLeft(lane, waited);
        }

        @Override
        public void queueChanged(long bytes) {
            all.queueChanged(total.addAndGet(bytes - last.getAndSet(bytes)));
        }
    }
}
