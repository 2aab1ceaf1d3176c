// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Flink's own way to wait for a model: one image a request, on a thread a subtask. */
final class AskAsync extends RichAsyncFunction<RawImage, RawResult> {

    private static final long serialVersionUID = 1L;

    private final String[] arguments;
    private transient Annotation annotation;
    private transient ExecutorService thread;

    AskAsync(String[] arguments) {
        this.arguments = arguments.clone();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        annotation = new Annotation(arguments);
        thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    }

    @Override
    public void asyncInvoke(RawImage image, ResultFuture<RawResult> future) {
        thread.execute(
                () -> {
                    try {
                        future.complete(annotation.of(List.of(image)));
                    } catch (RuntimeException e) {
                        future.completeExceptionally(e);
                    }
                });
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
            annotation.close();
        }
    }
}
