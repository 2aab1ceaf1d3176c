// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.annotate.PreparedImage;
import io.cytolog.batch.Priority;
import io.cytolog.cell.ImageKind;
import io.cytolog.content.ContentFetcher;
import io.cytolog.event.ImageCaptured;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.serde.Readable;
import io.cytolog.serving.AnnotatedImage;
import io.cytolog.serving.Lease;
import io.cytolog.serving.Mirror;
import io.cytolog.serving.ServedRelease;
import io.cytolog.serving.Serving;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes records from the stream threads and works on them in a bounded pool of its own: reads,
 * fetches, prepares, and gives the cells to the batcher, whose full queue holds the pool back. What
 * waits for the pool is bounded by the stream threads, which ask for room first. Safe for any
 * thread.
 */
public final class ImageIntake implements AutoCloseable {

    private static final byte[] NOT_KEPT = new byte[0];

    private final Deserializer<Readable<ImageCaptured>> reader;
    private final ContentFetcher fetcher;
    private final Serving serving;
    private final OutcomeMessages messages;
    private final InFlightBound bound;
    private final ExecutorService pool;

    /**
     * @param reader of the captured images; an unreadable one is a value, a failing registry throws
     * @param threads of the pool
     * @param bound of all that is taken in and not yet forwarded
     */
    public ImageIntake(
            Deserializer<Readable<ImageCaptured>> reader,
            ContentFetcher fetcher,
            Serving serving,
            OutcomeMessages messages,
            int threads,
            InFlightBound bound) {
        this(
                reader,
                fetcher,
                serving,
                messages,
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("cytolog-decode-", 1).daemon().factory()),
                bound);
    }

    /**
     * @param pool the intake's own, which closes it
     */
    ImageIntake(
            Deserializer<Readable<ImageCaptured>> reader,
            ContentFetcher fetcher,
            Serving serving,
            OutcomeMessages messages,
            ExecutorService pool,
            InFlightBound bound) {
        this.reader = reader;
        this.fetcher = fetcher;
        this.serving = serving;
        this.messages = messages;
        this.bound = bound;
        this.pool = pool;
    }

    /** The bound of all that is taken in, for who takes in. */
    InFlightBound bound() {
        return bound;
    }

    /**
     * Takes a record's value. Cancelling the outcome gives the image up where it stands.
     *
     * @param share of the bound, told of what the image weighs while it is worked on
     */
    CompletableFuture<Outcome> accept(
            byte @Nullable [] value, RecordPosition source, InFlightBound.Share share) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        outcome.whenComplete((done, failure) -> share.answer());
        try {
            pool.execute(() -> workUnlessGivenUp(value, source, share, outcome));
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    /** What a record of so many bytes weighs at first: itself, and what is read out of it. */
    static long weightOf(byte @Nullable [] value) {
        return value == null ? 0 : 2L * value.length;
    }

    private void workUnlessGivenUp(
            byte @Nullable [] value,
            RecordPosition source,
            InFlightBound.Share share,
            CompletableFuture<Outcome> outcome) {
        try {
            if (!outcome.isDone()) {
                work(value, source, share, outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.completeExceptionally(e);
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private void work(
            byte @Nullable [] value,
            RecordPosition source,
            InFlightBound.Share share,
            CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        if (value == null) {
            outcome.complete(messages.unreadable(new byte[0], "the record has no value", source));
            return;
        }
        switch (reader.deserialize(source.topic(), value)) {
            case Readable.Unreadable<ImageCaptured> unreadable ->
                    outcome.complete(messages.unreadable(value, unreadable.why(), source));
            case Readable.Read<ImageCaptured>(ImageCaptured captured) ->
                    annotate(captured, value, source, share, outcome);
        }
    }

    private void annotate(
            ImageCaptured captured,
            byte[] value,
            RecordPosition source,
            InFlightBound.Share share,
            CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        Lease lease = serving.lease(source.timestamp());
        outcome.whenComplete((done, failure) -> lease.close());
        ServedRelease release = lease.edition();
        PreparedImage image;
        Mirror mirror;
        try {
            ImageBytes file = CapturedContent.of(captured, fetcher);
            image = prepare(release, captured, file);
            mirror = lease.mirror(file, image.sha256());
        } catch (RejectedImageException e) {
            share.weigh(value.length);
            outcome.complete(messages.rejected(captured, value, e.rejection(), source));
            return;
        }
        // From here on the pixels are held; the file only where the result may turn it away.
        CapturedContent.dropFrom(captured);
        byte[] original = OutcomeMessages.mayBeTooLong(image) ? value : NOT_KEPT;
        share.weigh(original.length + pixelBytes(image) + mirror.bytes());
        CompletableFuture<AnnotatedImage> answer = release.annotate(image, priorityOf(captured));
        answer.thenApply(annotated -> messages.annotated(captured, original, annotated, source))
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                outcome.completeExceptionally(failure);
                            } else {
                                outcome.complete(done);
                            }
                        });
        answer.thenAccept(mirror::answered);
        outcome.whenComplete(
                (done, failure) -> {
                    if (outcome.isCancelled()) {
                        answer.cancel(false);
                    }
                });
    }

    private static PreparedImage prepare(
            ServedRelease release, ImageCaptured captured, ImageBytes file)
            throws RejectedImageException {
        return release.prepare(
                file, ImageKind.valueOf(captured.getKind().name()), captured.getSha256());
    }

    private static long pixelBytes(PreparedImage image) {
        return image.cells().stream().mapToLong(cell -> cell.pixels().rgb().length).sum();
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
