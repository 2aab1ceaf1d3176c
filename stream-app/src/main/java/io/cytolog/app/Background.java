// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.release.InvalidReleaseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** Does slow parts of the start side by side. */
final class Background {

    private Background() {}

    static <T> CompletableFuture<T> run(String name, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("cytolog-" + name)
                .daemon()
                .start(
                        () -> {
                            try {
                                result.complete(work.call());
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }

    /** A release or a registry that cannot be used is told in its own words. */
    static <T> T await(CompletableFuture<T> part) throws StartupException, InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InvalidReleaseException || cause instanceof KafkaException) {
                throw new StartupException(cause.getMessage(), cause);
            }
            throw new IllegalStateException("the stream cannot start: " + cause, cause);
        }
    }
}
