// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Computes parts of a batch side by side, a thread each, over the same weights. Threads that share
 * every operator wait for each other at its end, some thousand times a step; these meet twice.
 * Gradients are added in the order of the parts, so that the same number of parts gives the same
 * values to the bit. Owned by one thread; the workers are its own.
 */
final class Shards implements AutoCloseable {

    /** What is computed of one part: rows {@code from} to {@code from + count} of the batch. */
    @FunctionalInterface
    interface Part {
        /** The result, in float32; runs on a worker, within its pointer scope. */
        Tensor compute(Weights weights, long from, long count);
    }

    private final Layout layout;
    private final boolean bfloat16;
    private final List<Worker> workers = new ArrayList<>();

    /**
     * @param bfloat16 whether products compute in bfloat16
     */
    Shards(Layout layout, boolean bfloat16, int count) {
        this.layout = layout;
        this.bfloat16 = bfloat16;
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(i));
        }
    }

    /**
     * Results of all parts, in order, as leaves that take a gradient; they belong to the caller's
     * pointer scope.
     *
     * @param flat weights; only read
     * @param rows of the batch
     */
    List<Tensor> forward(Tensor flat, long rows, Part part) {
        long each = (rows + workers.size() - 1) / workers.size();
        List<CompletableFuture<Tensor>> pending = new ArrayList<>();
        for (int i = 0; i < workers.size() && i * each < rows; i++) {
            long from = i * each;
            long count = Math.min(each, rows - from);
            pending.add(workers.get(i).start(flat, weights -> part.compute(weights, from, count)));
        }
        List<Tensor> results = new ArrayList<>();
        all(pending).forEach(own -> results.add(own.detach().set_requires_grad(true)));
        return results;
    }

    /**
     * Carries the gradients of the results on, and adds those of the weights to {@code total}.
     *
     * @param results of {@link #forward}, each with its gradient
     */
    void backward(List<Tensor> results, Tensor total) {
        List<CompletableFuture<Tensor>> pending = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            pending.add(workers.get(i).finish(results.get(i).grad()));
        }
        all(pending).forEach(total::add_);
        for (int i = 0; i < results.size(); i++) {
            workers.get(i).forget().join();
        }
    }

    /** Waits for all even when one fails, so that none still reads what the caller frees. */
    private static List<Tensor> all(List<CompletableFuture<Tensor>> pending) {
        CompletableFuture<Void> ended =
                CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
        try {
            ended.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("a part of the step failed", e.getCause());
        }
        return pending.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
    }

    /** One thread, one part. Its fields are touched by that thread only. */
    private final class Worker implements AutoCloseable {

        private final ExecutorService thread;
        private final List<PointerScope> open = new ArrayList<>();
        private Tensor leaf;
        private Tensor result;

        Worker(int number) {
            thread =
                    Executors.newSingleThreadExecutor(
                            task ->
                                    Thread.ofPlatform()
                                            .name("part-" + number)
                                            .daemon()
                                            .unstarted(task));
            thread.execute(() -> Threads.use(1));
        }

        CompletableFuture<Tensor> start(Tensor flat, Function<Weights, Tensor> part) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        closeScope();
                        open.add(new PointerScope());
                        leaf = flat.detach().set_requires_grad(true);
                        result = part.apply(Weights.learnt(layout, leaf, bfloat16));
                        return result;
                    },
                    thread);
        }

        CompletableFuture<Tensor> finish(Tensor gradient) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        result.backward(
                                gradient,
                                new BoolOptional(false),
                                false,
                                new TensorArrayRefOptional());
                        return leaf.grad();
                    },
                    thread);
        }

        CompletableFuture<Void> forget() {
            return CompletableFuture.runAsync(this::closeScope, thread);
        }

        private void closeScope() {
            open.forEach(PointerScope::close);
            open.clear();
        }

        @Override
        public void close() {
            thread.execute(this::closeScope);
            thread.shutdown();
            try {
                thread.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
