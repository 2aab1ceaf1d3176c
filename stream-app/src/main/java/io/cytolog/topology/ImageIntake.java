// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.PreparedImage;
import io.cytolog.batch.Priority;
import io.cytolog.cell.ImageKind;
import io.cytolog.content.ContentFetcher;
import io.cytolog.event.ImageCaptured;
import io.cytolog.image.RejectedImageException;
import io.cytolog.serde.Readable;
import io.cytolog.serving.AnnotatedImage;
import io.cytolog.serving.Lease;
import io.cytolog.serving.ServedRelease;
import io.cytolog.serving.Serving;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes records from the stream threads and works on them in a bounded pool of its own: reads,
 * fetches, prepares, and gives the cells to the batcher, whose full queue holds the pool back, and
 * the full pool the stream thread. Safe for any thread.
 */
public final class ImageIntake implements AutoCloseable {

    /** Records that wait a pool thread: enough to keep it busy, few enough to bound memory. */
    private static final int WAITING_A_THREAD = 2;

    private final Deserializer<Readable<ImageCaptured>> reader;
    private final ContentFetcher fetcher;
    private final Serving serving;
    private final OutcomeMessages messages;
    private final Duration patience;
    private final Semaphore places;
    private final ExecutorService pool;

    /**
     * @param reader of the captured images; an unreadable one is a value, a failing registry throws
     * @param threads of the pool
     * @param patience longest that a record waits for a place in the pool
     */
    public ImageIntake(
            Deserializer<Readable<ImageCaptured>> reader,
            ContentFetcher fetcher,
            Serving serving,
            OutcomeMessages messages,
            int threads,
            Duration patience) {
        this.reader = reader;
        this.fetcher = fetcher;
        this.serving = serving;
        this.messages = messages;
        this.patience = patience;
        this.places = new Semaphore(threads * (1 + WAITING_A_THREAD), true);
        this.pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("cytolog-decode-", 1).daemon().factory());
    }

    /**
     * Takes a record's value; waits while the pool is full. Cancelling the outcome gives the image
     * up where it stands.
     *
     * @throws WorkFailedException when no place came free in time
     */
    CompletableFuture<Outcome> accept(byte @Nullable [] value, RecordPosition source) {
        takePlace(source);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            pool.execute(() -> workInPlace(value, source, outcome));
        } catch (RuntimeException e) {
            places.release();
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    private void takePlace(RecordPosition source) {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WorkFailedException(
                        """
                        image %s found no place for %s; raise barrier.timeout or give decode and \
                        inference more threads\
                        """
                                .formatted(source, patience));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException("interrupted before image " + source, e);
        }
    }

    private void workInPlace(
            byte @Nullable [] value, RecordPosition source, CompletableFuture<Outcome> outcome) {
        try {
            if (!outcome.isDone()) {
                work(value, source, outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.completeExceptionally(e);
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        } finally {
            places.release();
        }
    }

    private void work(
            byte @Nullable [] value, RecordPosition source, CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        if (value == null) {
            outcome.complete(messages.unreadable(new byte[0], "the record has no value", source));
            return;
        }
        switch (reader.deserialize(source.topic(), value)) {
            case Readable.Unreadable<ImageCaptured> unreadable ->
                    outcome.complete(messages.unreadable(value, unreadable.why(), source));
            case Readable.Read<ImageCaptured>(ImageCaptured captured) ->
                    annotate(captured, value, source, outcome);
        }
    }

    private void annotate(
            ImageCaptured captured,
            byte[] value,
            RecordPosition source,
            CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        Lease lease = serving.lease(source.timestamp());
        outcome.whenComplete((done, failure) -> lease.close());
        ServedRelease release = lease.edition();
        PreparedImage image;
        try {
            image = prepare(release, captured);
        } catch (RejectedImageException e) {
            outcome.complete(messages.rejected(captured, value, e.rejection(), source));
            return;
        }
        CompletableFuture<AnnotatedImage> answer = release.annotate(image, priorityOf(captured));
        answer.thenApply(annotated -> messages.annotated(captured, value, annotated, source))
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                outcome.completeExceptionally(failure);
                            } else {
                                outcome.complete(done);
                            }
                        });
        outcome.whenComplete(
                (done, failure) -> {
                    if (outcome.isCancelled()) {
                        answer.cancel(false);
                    }
                });
    }

    private PreparedImage prepare(ServedRelease release, ImageCaptured captured)
            throws RejectedImageException {
        return release.prepare(
                CapturedContent.of(captured, fetcher),
                ImageKind.valueOf(captured.getKind().name()),
                captured.getSha256());
    }

    private static Priority priorityOf(ImageCaptured captured) {
        return captured.getOrigin().getPriority() == io.cytolog.event.Priority.STAT
                ? Priority.STAT
                : Priority.ROUTINE;
    }

    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
