// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.annotate.ImageAnnotator;
import io.cytolog.annotate.ImagePreparer;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.batch.Batcher;
import io.cytolog.batch.Priority;
import io.cytolog.cell.CellLocator;
import io.cytolog.cell.ImageKind;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageGate;
import io.cytolog.image.RejectedImageException;
import io.cytolog.release.Release;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A release at work: its recipe, its session with the bank behind the batcher. Any thread may use
 * it; its session has a thread of its own.
 */
public final class ServedRelease implements AutoCloseable {

    private final Release release;
    private final Preparation preparation;
    private final ImageAnnotator annotator;
    private final Batcher batcher;
    private final InstantSource clock;

    /** Gates, decodes, locates and cuts, as {@link ImagePreparer} does. */
    @FunctionalInterface
    interface Preparation {
        PreparedImage prepare(ImageBytes bytes, ImageKind kind, String statedSha256)
                throws RejectedImageException;
    }

    /**
     * @param batcher of this release alone, which closes it
     */
    ServedRelease(Release release, Preparation preparation, Batcher batcher, InstantSource clock) {
        this.release = release;
        this.preparation = preparation;
        this.annotator = new ImageAnnotator(release);
        this.batcher = batcher;
        this.clock = clock;
    }

    /**
     * Starts to open the release's session; {@link #ready} tells when it serves.
     *
     * @param policy whose {@code maxSize} counts pictures that the network sees at once: a release
     *     that looks at a cell in eight orientations gets batches of an eighth as many cells, and
     *     so needs no more memory than an upright one
     */
    public static ServedRelease start(
            Release release,
            AnnotatorOpener opener,
            BatchPolicy policy,
            ImageGate gate,
            CellLocator locator,
            InstantSource clock,
            BatchListener listener) {
        BatchPolicy own = policy.sized(release.manifest().encoder().cellsIn(policy.maxSize()));
        Batcher batcher =
                Batcher.start(
                        () -> warm(opener.open(release, own.maxSize()), release),
                        own,
                        System::nanoTime,
                        listener);
        ImagePreparer preparer = new ImagePreparer(gate, locator, release.manifest().recipe());
        return new ServedRelease(release, preparer::prepare, batcher, clock);
    }

    public Release release() {
        return release;
    }

    /** Completes when the session is open and warm; fails with what is wrong with the release. */
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
        return preparation.prepare(bytes, kind, statedSha256);
    }

    /**
     * Embeds and matches an image that this release prepared; waits while the batcher is full.
     * Cancelling the result takes the image out of the queue.
     */
    public CompletableFuture<AnnotatedImage> annotate(PreparedImage image, Priority priority)
            throws InterruptedException {
        List<CellPixels> cells = image.cells().stream().map(PreparedCell::pixels).toList();
        CompletableFuture<List<CellAnnotation>> annotations = batcher.submit(cells, priority);
        CompletableFuture<AnnotatedImage> result =
                annotations.thenApply(
                        ofCells ->
                                new AnnotatedImage(
                                        image,
                                        annotator.annotate(image, ofCells),
                                        clock.instant()));
        result.whenComplete(
                (annotated, failure) -> {
                    if (result.isCancelled()) {
                        annotations.cancel(false);
                    }
                });
        return result;
    }

    @Override
    public void close() {
        batcher.close();
    }

    /** One full run, so that the first image does not pay for the session's memory. */
    private static CellAnnotator warm(CellAnnotator annotator, Release release) {
        CellPixels cell = release.golden().pixels().getFirst();
        try {
            annotator.annotate(Collections.nCopies(annotator.maxBatch(), cell));
            return annotator;
        } catch (RuntimeException e) {
            annotator.close();
            throw e;
        }
    }
}
