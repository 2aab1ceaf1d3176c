// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.Release;
import io.cytolog.serving.AnnotatorOpener;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers every cell with the same annotation, a real one of the release, and does only part of the
 * work for it. Owned by the thread that opened it.
 */
final class ShortcutAnnotator implements CellAnnotator {

    private final CellAnnotation always;
    private final int maxBatch;
    private final Consumer<List<CellPixels>> work;
    private final Runnable end;

    private ShortcutAnnotator(
            CellAnnotation always, int maxBatch, Consumer<List<CellPixels>> work, Runnable end) {
        this.always = always;
        this.maxBatch = maxBatch;
        this.work = work;
        this.end = end;
    }

    /** Does nothing. */
    static AnnotatorOpener withoutSession(AnnotatorOpener real) {
        return (release, maxBatch) ->
                new ShortcutAnnotator(one(real, release), maxBatch, cells -> {}, () -> {});
    }

    /** Encodes and does not match. */
    static AnnotatorOpener withoutMatch(AnnotatorOpener real, int threads) {
        return (release, maxBatch) -> {
            OnnxImageEncoder encoder =
                    OnnxImageEncoder.open(release, maxBatch, new InferenceThreads(threads));
            return new ShortcutAnnotator(
                    one(real, release), maxBatch, encoder::encode, encoder::close);
        };
    }

    private static CellAnnotation one(AnnotatorOpener real, Release release) throws Exception {
        try (CellAnnotator annotator = real.open(release, 1)) {
            return annotator.annotate(List.of(release.golden().pixels().getFirst())).getFirst();
        }
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        work.accept(cells);
        return Collections.nCopies(cells.size(), always);
    }

    @Override
    public void close() {
        end.run();
    }
}
