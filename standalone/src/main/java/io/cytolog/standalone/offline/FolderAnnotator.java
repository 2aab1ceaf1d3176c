// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import io.cytolog.annotate.ImageAnnotator;
import io.cytolog.annotate.ImagePreparer;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.cell.ImageKind;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.RejectedImageException;
import io.cytolog.standalone.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Annotates the files of a folder in path order. The calling thread owns the session and fills its
 * batches across images; a small pool prepares images ahead of it.
 */
final class FolderAnnotator {

    /** Receives the lines in path order, on the calling thread. */
    interface Lines {
        void annotated(String line, int cells, int abstained) throws IOException;

        void rejected(String line) throws IOException;
    }

    /** Bounds a batch of images without cells. */
    private static final int MOST_IMAGES = 256;

    private final ImagePreparer preparer;
    private final ImageAnnotator results;
    private final CellAnnotator cells;
    private final ImageKind kind;
    private final int threads;
    private final @Nullable Double micronsPerPixel;

    FolderAnnotator(
            ImagePreparer preparer,
            ImageAnnotator results,
            CellAnnotator cells,
            ImageKind kind,
            int threads,
            @Nullable Double micronsPerPixel) {
        this.preparer = preparer;
        this.results = results;
        this.cells = cells;
        this.kind = kind;
        this.threads = threads;
        this.micronsPerPixel = micronsPerPixel;
    }

    void annotate(ImageFolder folder, Lines lines) throws IOException, InterruptedException {
        try (var ahead = new ReadAhead(folder, this::prepare, threads)) {
            while (ahead.hasNext()) {
                emit(nextBatch(ahead), lines);
            }
        }
    }

    /** Images in order, until their cells fill a batch. */
    private List<Prepared> nextBatch(ReadAhead ahead) throws InterruptedException {
        var batch = new ArrayList<Prepared>();
        int cells = 0;
        while (ahead.hasNext() && cells < this.cells.maxBatch() && batch.size() < MOST_IMAGES) {
            Prepared next = ahead.next();
            batch.add(next);
            cells += next instanceof Prepared.Ready ready ? ready.image().cells().size() : 0;
        }
        return batch;
    }

    private Prepared prepare(String path, Path file) {
        try {
            var bytes = ImageFile.read(file, ImageLimits.DEFAULT);
            return new Prepared.Ready(path, preparer.prepare(bytes, kind));
        } catch (RejectedImageException e) {
            return new Prepared.TurnedAway(path, e.rejection());
        }
    }

    private void emit(List<Prepared> batch, Lines lines) throws IOException {
        Iterator<CellAnnotation> annotations = annotated(batch).iterator();
        for (Prepared prepared : batch) {
            switch (prepared) {
                case Prepared.TurnedAway(String path, var rejection) ->
                        lines.rejected(AnnotationJson.rejected(path, rejection));
                case Prepared.Ready(String path, var image) -> {
                    var own = new ArrayList<CellAnnotation>();
                    image.cells().forEach(cell -> own.add(annotations.next()));
                    var annotation = results.annotate(image, own);
                    long abstained =
                            annotation.cells().stream()
                                    .filter(cell -> cell.annotation().abstained())
                                    .count();
                    lines.annotated(
                            AnnotationJson.annotated(path, annotation, micronsPerPixel),
                            own.size(),
                            Math.toIntExact(abstained));
                }
            }
        }
    }

    private List<CellAnnotation> annotated(List<Prepared> batch) {
        var pixels = new ArrayList<CellPixels>();
        for (Prepared prepared : batch) {
            if (prepared instanceof Prepared.Ready ready) {
                ready.image().cells().stream().map(PreparedCell::pixels).forEach(pixels::add);
            }
        }
        var annotations = new ArrayList<CellAnnotation>(pixels.size());
        for (int from = 0; from < pixels.size(); from += this.cells.maxBatch()) {
            int to = Math.min(pixels.size(), from + this.cells.maxBatch());
            annotations.addAll(cells.annotate(pixels.subList(from, to)));
        }
        return annotations;
    }
}
