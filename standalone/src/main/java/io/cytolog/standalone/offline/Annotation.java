// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import io.cytolog.annotate.ImageAnnotator;
import io.cytolog.annotate.ImagePreparer;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.StainCellLocator;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MeasuringAnnotator;
import io.cytolog.onnx.SessionOpener;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.standalone.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run over a folder: opens the session, annotates every file and puts the lines into a file
 * that appears only when it is complete. Owned by the thread that runs it.
 *
 * @param threads that prepare images, and that share one operator of the encoder
 * @param micronsPerPixel edge of a pixel, micrometres, for lengths and areas; null when unknown
 */
public record Annotation(
        Release release,
        ImageFolder folder,
        ImageKind kind,
        int threads,
        @Nullable Double micronsPerPixel) {

    /** Where nobody knows how large a pixel is. */
    public Annotation(Release release, ImageFolder folder, ImageKind kind, int threads) {
        this(release, folder, kind, threads, null);
    }

    private static final int MOST_PICTURES = 32;

    /**
     * @param progress called after every image, with the counts so far
     * @return the counts of all images
     */
    public Tally run(Path json, Consumer<Tally> progress) throws IOException, InterruptedException {
        var preparer =
                new ImagePreparer(
                        new ImageGate(ImageLimits.DEFAULT),
                        new StainCellLocator(),
                        release.manifest().recipe());
        try (var cells = open();
                var lines = new LineFile(json, progress)) {
            var results = new ImageAnnotator(release);
            new FolderAnnotator(preparer, results, cells, kind, threads, micronsPerPixel)
                    .annotate(folder, lines);
            return lines.complete();
        }
    }

    private CellAnnotator open() {
        try {
            return MeasuringAnnotator.open(
                    release,
                    release.manifest().encoder().cellsIn(MOST_PICTURES),
                    SessionOpener.cpu(new InferenceThreads(threads)));
        } catch (InvalidReleaseException e) {
            throw new InvalidInputException("--release: " + e.getMessage(), e);
        }
    }
}
