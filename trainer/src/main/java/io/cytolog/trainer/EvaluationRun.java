// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.RedCells;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.Evaluator;
import io.cytolog.evaluate.SeenCells;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** A release run over a split, as it serves. Owned by one thread, which closes it. */
final class EvaluationRun implements AutoCloseable {

    private static final int BATCH = 16;
    private static final String RED_CELLS = "red cells of whole fields";

    private final ImageEncoder encoder;
    private final SeenCells seen;
    private final Evaluation evaluation;

    /**
     * @param cache folder that keeps the cells' pixels
     */
    EvaluationRun(Release release, Corpus corpus, String split, Path cache, int threads)
            throws CorpusException, InvalidReleaseException {
        List<Cell> cells = corpus.split(split);
        PixelStore store = new PixelStore(release.manifest().recipe(), cache);
        List<CellPixels> pixels = CellReading.pixels("cells", store, corpus, cells);
        List<CellPixels> red = RedCells.read(corpus.folder(), release.manifest().recipe());
        this.encoder = OnnxImageEncoder.open(release, BATCH, new InferenceThreads(threads));
        try (ProgressBar bar = new ProgressBar("encode", cells.size())) {
            this.seen = SeenCells.of(release, encoder, cells, pixels, bar::stepTo);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
        Evaluator evaluator = new Evaluator(seen);
        this.evaluation =
                evaluator.evaluate(
                        corpus.folder().toAbsolutePath().normalize().getFileName().toString(),
                        split,
                        red.isEmpty()
                                ? Optional.empty()
                                : Optional.of(evaluator.outside(RED_CELLS, encoder, red)));
    }

    ImageEncoder encoder() {
        return encoder;
    }

    SeenCells seen() {
        return seen;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
