// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cells of one image on their way through one batch or several. Which cell is next is guarded
 * by the batcher's lock; the annotations may come from several sessions at a time.
 */
final class CellJob {

    private final List<CellPixels> cells;
    private final Priority priority;
    private final long enqueuedNanos;
    private final CellAnnotation[] annotations;
    private final CompletableFuture<List<CellAnnotation>> result = new CompletableFuture<>();
    private final AtomicInteger missing;
    private int next;

    CellJob(List<CellPixels> cells, Priority priority, long enqueuedNanos) {
        this.cells = List.copyOf(cells);
        this.priority = priority;
        this.enqueuedNanos = enqueuedNanos;
        this.annotations = new CellAnnotation[cells.size()];
        this.missing = new AtomicInteger(cells.size());
    }

    Priority priority() {
        return priority;
    }

    long enqueuedNanos() {
        return enqueuedNanos;
    }

    CompletableFuture<List<CellAnnotation>> result() {
        return result;
    }

    /** True when nobody waits for the rest: it failed or was cancelled. */
    boolean abandoned() {
        return result.isDone();
    }

    boolean exhausted() {
        return next == cells.size();
    }

    /** The next cell for a batch. */
    BatchedCell take() {
        int index = next++;
        return new BatchedCell(this, index, cells.get(index));
    }

    int size() {
        return cells.size();
    }

    int cellsLeft() {
        return cells.size() - next;
    }

    long bytesLeft() {
        return bytesOf(cells.subList(next, cells.size()));
    }

    void annotated(int index, CellAnnotation annotation) {
        annotations[index] = annotation;
        // The countdown makes what the other sessions wrote visible to the last of them.
        if (missing.decrementAndGet() == 0) {
            result.complete(List.copyOf(Arrays.asList(annotations)));
        }
    }

    void fail(Throwable cause) {
        result.completeExceptionally(cause);
    }

    static long bytesOf(List<CellPixels> cells) {
        return cells.stream().mapToLong(cell -> cell.rgb().length).sum();
    }
}
