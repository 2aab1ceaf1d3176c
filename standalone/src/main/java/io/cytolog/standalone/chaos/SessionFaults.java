// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import io.cytolog.serving.AnnotatorOpener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A real session that is slow on purpose, so that every fault finds images in flight, and that
 * stalls or fails when told to. Told from any thread; obeyed by the session's thread.
 */
public final class SessionFaults {

    private final Duration run;
    private final AtomicLong stallNanos = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param run added to every session run
     */
    public SessionFaults(Duration run) {
        this.run = run;
    }

    /** The next run takes so much longer. */
    public void stall(Duration longer) {
        stallNanos.set(longer.toNanos());
    }

    /** The next runs fail, so many of them. */
    public void fail(int runs) {
        failures.addAndGet(runs);
    }

    /** Runs that are still to fail. */
    public int failuresLeft() {
        return failures.get();
    }

    /** Opens sessions that obey. */
    public AnnotatorOpener around(AnnotatorOpener opener) {
        return (release, maxBatch) -> obeying(opener.open(release, maxBatch));
    }

    private void obey() {
        LockSupport.parkNanos(run.toNanos());
        long stall = stallNanos.getAndSet(0);
        if (stall > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(stall);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the session fails, as it was told to");
        }
    }

    private CellAnnotator obeying(CellAnnotator annotator) {
        return new CellAnnotator() {
            @Override
            public int maxBatch() {
                return annotator.maxBatch();
            }

            @Override
            public List<CellAnnotation> annotate(List<CellPixels> cells) {
                obey();
                return annotator.annotate(cells);
            }

            @Override
            public void close() {
                annotator.close();
            }
        };
    }
}
