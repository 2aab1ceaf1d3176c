// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import io.cytolog.standalone.ImageFolder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares the files of a folder on a pool and hands them over in path order, never more than two a
 * thread ahead, so that memory stays bounded whatever the folder holds. Owned by the calling
 * thread.
 */
final class ReadAhead implements AutoCloseable {

    /** Turns a file into pixels or a rejection; called on the pool. */
    interface Preparation {
        Prepared prepare(String path, Path file);
    }

    private final ImageFolder folder;
    private final Preparation preparation;
    private final Iterator<Path> files;
    private final ArrayDeque<Future<Prepared>> under = new ArrayDeque<>();
    private final ExecutorService pool;
    private final int window;

    ReadAhead(ImageFolder folder, Preparation preparation, int threads) {
        this.folder = folder;
        this.preparation = preparation;
        this.files = folder.files().iterator();
        this.window = 2 * threads;
        this.pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("prepare-", 0).factory());
        refill();
    }

    boolean hasNext() {
        return !under.isEmpty();
    }

    /** Waits for the next file in path order. */
    Prepared next() throws InterruptedException {
        try {
            Prepared next = under.element().get();
            under.remove();
            refill();
            return next;
        } catch (ExecutionException e) {
            throw new IllegalStateException("preparing an image failed", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private void refill() {
        while (files.hasNext() && under.size() < window) {
            Path file = files.next();
            under.add(pool.submit(() -> preparation.prepare(folder.relative(file), file)));
        }
    }
}
