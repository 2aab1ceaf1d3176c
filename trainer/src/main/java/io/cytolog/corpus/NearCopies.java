// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Looks for pictures that stand in training and in validation alike, also turned or mirrored: such
 * a copy makes validation flatter the model. Every validation cell is held against every training
 * cell, first by perceptual hash, then by correlation.
 */
public final class NearCopies {

    /** Hashes of copies differ in few of 256 bits; a wide net, since correlation decides. */
    private static final int MOST_BITS_APART = 40;

    /**
     * Re-encoded copies stay above 0.99. Of 1,364 real validation cells against 6,977 training
     * cells in all orientations, the likest two that are no copies reach 0.949 (cells cut out on
     * black), the likest in their own surroundings 0.881.
     */
    private static final double LEAST_CORRELATION = 0.97;

    private static final int NAMED = 5;

    /**
     * The pictures that the bounds were found on. Other recipes make other cells alike: without
     * CLAHE, at 64 px, two different cells cut out on black correlate at 0.973.
     */
    public static final Recipe RECIPE = new Recipe(128, 288, 1.6, 2.0, 8);

    /** A validation cell and the training cell that it is a copy of. */
    public record Pair(Cell held, Cell training, double correlation) {}

    private NearCopies() {}

    /**
     * Stops on copies across the splits, whatever recipe a training has.
     *
     * @param cacheFolder keeps the cells' pixels
     * @param progress told the number of cells read, of both splits together
     * @throws CorpusException naming the likest pairs
     */
    public static void refuse(Corpus corpus, Path cacheFolder, IntConsumer progress)
            throws CorpusException {
        PixelStore store = new PixelStore(RECIPE, cacheFolder);
        int first = corpus.train().size();
        refuse(
                corpus,
                store.pixels(corpus, corpus.train(), progress),
                store.pixels(corpus, corpus.validation(), done -> progress.accept(first + done)));
    }

    /**
     * Stops on copies across the splits.
     *
     * @param training pixels of the corpus's training cells under {@link #RECIPE}, in order
     * @param held pixels of its validation cells, in order
     * @throws CorpusException naming the likest pairs
     */
    public static void refuse(Corpus corpus, List<CellPixels> training, List<CellPixels> held)
            throws CorpusException {
        List<Pair> found = find(corpus, training, held);
        if (found.isEmpty()) {
            return;
        }
        List<String> named =
                found.stream()
                        .limit(NAMED)
                        .map(
                                pair ->
                                        "%s = %s (correlation %.4f)"
                                                .formatted(
                                                        pair.held().path(),
                                                        pair.training().path(),
                                                        pair.correlation()))
                        .toList();
        throw new CorpusException(
                """
                %d validation cells are copies of training cells, also turned or mirrored: %s%s; \
                take them out of one split\
                """
                        .formatted(
                                found.size(),
                                String.join(", ", named),
                                found.size() > NAMED ? ", ..." : ""));
    }

    /**
     * Which of some cells are copies of held-out ones, and so must not be trained on.
     *
     * @param cells places as in {@code pixels}
     * @return places, without repeats
     */
    public static Set<Integer> copies(
            Corpus corpus, List<Cell> cells, List<CellPixels> pixels, List<CellPixels> held) {
        Set<Integer> copies = new TreeSet<>();
        List<Integer> left = new ArrayList<>(IntStream.range(0, cells.size()).boxed().toList());
        while (!left.isEmpty()) {
            List<Cell> some = left.stream().map(cells::get).toList();
            Corpus alone = new Corpus(corpus.folder(), some, corpus.validation(), "");
            List<Pair> found = find(alone, left.stream().map(pixels::get).toList(), held);
            if (found.isEmpty()) {
                break;
            }
            // Each held-out cell names its likest copy alone: look again without those.
            Set<Cell> named = new HashSet<>(found.stream().map(Pair::training).toList());
            left.stream().filter(i -> named.contains(cells.get(i))).forEach(copies::add);
            left.removeAll(copies);
        }
        return copies;
    }

    /** Validation cells with a copy in training, the likest first. */
    static List<Pair> find(Corpus corpus, List<CellPixels> training, List<CellPixels> held) {
        List<CellPrint> prints = training.parallelStream().map(CellPrint::of).toList();
        List<Pair> pairs = new ArrayList<>();
        IntStream.range(0, held.size())
                .parallel()
                .mapToObj(h -> likest(corpus, h, CellPrint.of(held.get(h)), prints))
                .flatMap(Optional::stream)
                .forEachOrdered(pairs::add);
        pairs.sort(Comparator.comparingDouble(Pair::correlation).reversed());
        return pairs;
    }

    private static Optional<Pair> likest(
            Corpus corpus, int held, CellPrint print, List<CellPrint> training) {
        int likest = -1;
        double most = LEAST_CORRELATION;
        for (CellPrint turned : print.orientations()) {
            for (int t = 0; t < training.size(); t++) {
                if (turned.bitsApart(training.get(t)) <= MOST_BITS_APART) {
                    double correlation = turned.correlation(training.get(t));
                    if (correlation >= most) {
                        most = correlation;
                        likest = t;
                    }
                }
            }
        }
        return likest < 0
                ? Optional.empty()
                : Optional.of(
                        new Pair(corpus.validation().get(held), corpus.train().get(likest), most));
    }
}
