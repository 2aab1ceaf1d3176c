// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** An encoder that a test holds back, makes fail and looks into; owned by the batcher's thread. */
final class ScriptedEncoder implements ImageEncoder {

    final List<Integer> batches = java.util.Collections.synchronizedList(new ArrayList<>());
    final Semaphore permits = new Semaphore(0);
    final Semaphore began = new Semaphore(0);
    final AtomicInteger closed = new AtomicInteger();
    final Thread owner = Thread.currentThread();
    volatile boolean failing;

    @Override
    public int maxBatch() {
        return 4;
    }

    /** One embedding a cell that tells the cell's first byte by its direction. */
    @Override
    public List<Embedding> encode(List<CellPixels> cells) {
        batches.add(cells.size());
        began.release();
        permits.acquireUninterruptibly();
        if (failing) {
            throw new IllegalStateException("the session is gone");
        }
        return cells.stream()
                .map(cell -> Embedding.normalised(new float[] {1, cell.rgb()[0]}))
                .toList();
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("closed by a stranger");
        }
        closed.incrementAndGet();
    }
}
