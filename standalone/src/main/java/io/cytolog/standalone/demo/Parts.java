// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that start side by side on threads of their own and close one after the other, the last to
 * have started first. Guarded by itself.
 */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private final ExecutorService starters =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("start-", 0).factory());

    private record Part(String name, AutoCloseable closeable) {}

    /** Starts a part on another thread. */
    <T extends AutoCloseable> CompletableFuture<T> start(String name, Callable<T> how) {
        return CompletableFuture.supplyAsync(() -> keep(name, how), starters);
    }

    /** Starts a part on this thread. */
    <T extends AutoCloseable> T keep(String name, Callable<T> how) {
        try {
            T part = how.call();
            synchronized (started) {
                started.push(new Part(name, part));
            }
            return part;
        } catch (Exception e) {
            throw new CompletionException("%s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Starts a part on another thread when what it stands on is there. */
    <T extends AutoCloseable> CompletableFuture<T> startAfter(
            CompletableFuture<?> ground, String name, Callable<T> how) {
        return ground.thenApplyAsync(_ -> keep(name, how), starters);
    }

    /** Waits for starts that are still under way, then closes what has started. */
    @Override
    public void close() {
        starters.close();
        synchronized (started) {
            while (!started.isEmpty()) {
                close(started.pop());
            }
        }
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception e) {
            LOG.warn("part={} did not close cleanly", part.name(), e);
        }
    }
}
