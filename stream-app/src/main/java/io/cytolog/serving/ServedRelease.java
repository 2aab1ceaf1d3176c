// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.annotate.ImageAnnotator;
import io.cytolog.annotate.ImagePreparer;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.batch.Batcher;
import io.cytolog.batch.Priority;
import io.cytolog.cell.CellLocator;
import io.cytolog.cell.ImageKind;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageGate;
import io.cytolog.image.RejectedImageException;
import io.cytolog.release.Release;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A release at work: its recipe, its session behind the batcher, its bank. Any thread may use it;
 * its session has a thread of its own, and matching another, so that the session never waits for
 * the bank.
 */
public final class ServedRelease implements AutoCloseable {

    private final Release release;
    private final ImagePreparer preparer;
    private final ImageAnnotator annotator;
    private final Batcher batcher;
    private final InstantSource clock;
    private final ExecutorService matching =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("cytolog-match").daemon().factory());

    private ServedRelease(
            Release release, ImagePreparer preparer, Batcher batcher, InstantSource clock) {
        this.release = release;
        this.preparer = preparer;
        this.annotator = new ImageAnnotator(release);
        this.batcher = batcher;
        this.clock = clock;
    }

    /** Starts to open the release's encoder; {@link #ready} tells when it serves. */
    public static ServedRelease start(
            Release release,
            EncoderOpener opener,
            BatchPolicy policy,
            ImageGate gate,
            CellLocator locator,
            InstantSource clock,
            BatchListener listener) {
        Batcher batcher =
                Batcher.start(
                        () -> warm(opener.open(release, policy.maxSize()), release),
                        policy,
                        System::nanoTime,
                        listener);
        ImagePreparer preparer = new ImagePreparer(gate, locator, release.manifest().recipe());
        return new ServedRelease(release, preparer, batcher, clock);
    }

    public Release release() {
        return release;
    }

    /** Completes when the encoder is open and warm; fails with what is wrong with the release. */
    public CompletableFuture<Void> ready() {
        return batcher.opened();
    }

    /**
     * Gates, decodes, locates and cuts on the calling thread.
     *
     * @throws RejectedImageException when the image cannot be worked on
     */
    public PreparedImage prepare(ImageBytes bytes, ImageKind kind, String statedSha256)
            throws RejectedImageException {
        return preparer.prepare(bytes, kind, statedSha256);
    }

    /**
     * Embeds and matches an image that this release prepared; waits while the batcher is full.
     * Cancelling the result takes the image out of the queue.
     */
    public CompletableFuture<AnnotatedImage> annotate(PreparedImage image, Priority priority)
            throws InterruptedException {
        List<CellPixels> cells = image.cells().stream().map(PreparedCell::pixels).toList();
        CompletableFuture<List<Embedding>> embeddings = batcher.submit(cells, priority);
        CompletableFuture<AnnotatedImage> result =
                embeddings
                        .thenApply(vectors -> new Embedded(vectors, clock.instant()))
                        .thenApplyAsync(embedded -> matched(image, embedded), matching);
        result.whenComplete(
                (annotated, failure) -> {
                    if (result.isCancelled()) {
                        embeddings.cancel(false);
                    }
                });
        return result;
    }

    @Override
    public void close() {
        batcher.close();
        matching.close();
    }

    private AnnotatedImage matched(PreparedImage image, Embedded embedded) {
        return new AnnotatedImage(
                image, annotator.annotate(image, embedded.vectors()), embedded.at());
    }

    /** One full run, so that the first image does not pay for the session's memory. */
    private static ImageEncoder warm(ImageEncoder encoder, Release release) {
        CellPixels cell = release.golden().pixels().getFirst();
        try {
            encoder.encode(Collections.nCopies(encoder.maxBatch(), cell));
            return encoder;
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    private record Embedded(List<Embedding> vectors, Instant at) {}
}
