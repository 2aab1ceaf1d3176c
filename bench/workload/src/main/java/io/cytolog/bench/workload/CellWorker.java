// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.workload;

import io.cytolog.annotate.ImageAnnotator;
import io.cytolog.annotate.ImagePreparer;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.cell.CellLocator;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.StainCellLocator;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.RejectedImageException;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxCellAnnotator;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.serving.AnnotatedImage;
import io.cytolog.topology.OutcomeMessages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The work that all rows do, by the same classes as the stream: gate, decode, recipe, session run,
 * match, message. Has a session of one thread; owned by the thread that opened it.
 */
public final class CellWorker implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();

    private final ImagePreparer preparer;
    private final ImageAnnotator results;
    private final CellAnnotator annotator;
    private final OutcomeMessages messages = new OutcomeMessages(CLOCK);

    private CellWorker(ImagePreparer preparer, ImageAnnotator results, CellAnnotator annotator) {
        this.preparer = preparer;
        this.results = results;
        this.annotator = annotator;
    }

    /**
     * Opens a worker, warm.
     *
     * @param batch most cells in one session run
     */
    public static CellWorker open(Path folder, int batch) throws InvalidReleaseException {
        Release release = ReleaseReader.read(folder);
        CellLocator locator = new StainCellLocator();
        return new CellWorker(
                new ImagePreparer(
                        new ImageGate(ImageLimits.DEFAULT), locator, release.manifest().recipe()),
                new ImageAnnotator(release),
                opened(release, batch));
    }

    /** As the stream opens it, with a thread of its own. */
    private static CellAnnotator opened(Release release, int batch) throws InvalidReleaseException {
        return OnnxCellAnnotator.open(release, batch, new InferenceThreads(1));
    }

    /** One message an image, in order. */
    public List<ImageAnnotated> annotate(List<CapturedImage> images) {
        List<AnnotatedImage> inferred = infer(images);
        List<ImageAnnotated> said = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            CapturedImage image = images.get(i);
            said.add(messages.message(image.value(), inferred.get(i), image.source()));
        }
        return said;
    }

    /** Everything but the message: one result an image, in order. */
    public List<AnnotatedImage> infer(List<CapturedImage> images) {
        List<PreparedImage> prepared = images.stream().map(this::prepared).toList();
        List<CellAnnotation> annotations = annotated(prepared);
        List<AnnotatedImage> inferred = new ArrayList<>(images.size());
        int from = 0;
        for (PreparedImage image : prepared) {
            int to = from + image.cells().size();
            inferred.add(result(image, annotations.subList(from, to)));
            from = to;
        }
        return inferred;
    }

    private PreparedImage prepared(CapturedImage image) {
        ImageCaptured captured = image.value();
        try {
            return preparer.prepare(
                    bytes(captured.getContent()),
                    ImageKind.valueOf(captured.getKind().name()),
                    captured.getSha256());
        } catch (RejectedImageException e) {
            throw new IllegalStateException(
                    "image %s of the bench was turned away".formatted(image.source()), e);
        }
    }

    private List<CellAnnotation> annotated(List<PreparedImage> images) {
        List<CellPixels> cells =
                images.stream()
                        .flatMap(image -> image.cells().stream())
                        .map(PreparedCell::pixels)
                        .toList();
        List<CellAnnotation> annotations = new ArrayList<>(cells.size());
        for (int from = 0; from < cells.size(); from += annotator.maxBatch()) {
            int to = Math.min(from + annotator.maxBatch(), cells.size());
            annotations.addAll(annotator.annotate(cells.subList(from, to)));
        }
        return annotations;
    }

    private AnnotatedImage result(PreparedImage image, List<CellAnnotation> annotations) {
        return new AnnotatedImage(image, results.annotate(image, annotations), CLOCK.instant());
    }

    /** Avro read the content into an array of its own, so it need not be copied again. */
    private static ImageBytes bytes(ByteBuffer content) {
        return ImageBytes.wrap(content.array());
    }

    @Override
    public void close() {
        annotator.close();
    }
}
