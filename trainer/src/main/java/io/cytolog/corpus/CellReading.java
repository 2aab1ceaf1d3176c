// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.CellPixels;
import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;

/** What a command reads before it begins, with a bar for each part. */
public final class CellReading {

    private CellReading() {}

    /**
     * Pixels of the cells, in order.
     *
     * @param what names them beside the bar
     */
    public static List<CellPixels> pixels(
            String what, PixelStore store, Corpus corpus, List<Cell> cells) throws CorpusException {
        try (ProgressBar bar = new ProgressBar("read " + what, cells.size())) {
            return store.pixels(corpus, cells, bar::stepTo);
        }
    }

    /** Stops on copies across the splits, whatever recipe a training has. */
    public static void refuseCopies(Corpus corpus, Path cache) throws CorpusException {
        long cells = (long) corpus.train().size() + corpus.validation().size();
        try (ProgressBar bar = new ProgressBar("look for copies", cells)) {
            NearCopies.refuse(corpus, cache, bar::stepTo);
        }
    }

    /** Vectors of the texts, row after row. */
    public static float[] vectors(TextStore store, List<String> texts) throws CorpusException {
        try (ProgressBar bar = new ProgressBar("read texts", texts.size())) {
            return store.vectors(texts, bar::stepTo);
        }
    }
}
