// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Makes what the next step takes while this one computes; at most one lies ready. Owned by the
 * thread of the steps; the maker runs on a thread of its own, one operator on one thread.
 */
final class Ahead<T extends AutoCloseable> implements AutoCloseable {

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    task -> Thread.ofPlatform().name("next-batch").daemon().unstarted(task));
    private final IntFunction<T> maker;
    private final int steps;
    private CompletableFuture<T> next = CompletableFuture.completedFuture(null);
    private int nextStep = -1;

    /**
     * @param maker of what a step takes
     * @param steps past the last one nothing is made
     */
    Ahead(IntFunction<T> maker, int steps) {
        this.maker = maker;
        this.steps = steps;
        thread.execute(() -> Threads.use(1));
    }

    /** What that step takes; steps are asked for in order. The caller closes it. */
    T take(int step) {
        if (nextStep != step) {
            start(step);
        }
        T taken = join();
        start(step + 1);
        return taken;
    }

    private void start(int step) {
        nextStep = step;
        next =
                step < steps
                        ? CompletableFuture.supplyAsync(() -> maker.apply(step), thread)
                        : CompletableFuture.completedFuture(null);
    }

    private T join() {
        try {
            return next.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the next batch could not be made", e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
            T left = next.getNow(null);
            if (left != null) {
                left.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("a batch that nobody took cannot be freed", e);
        }
    }
}
