// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.image.StainTarget;
import io.cytolog.image.StainTransfer;
import io.cytolog.image.StainTransfer.Colours;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The colours that cells are brought to: the means of training cells. Stateless. */
public final class StainTargets {

    private static final int SAMPLE = 500;

    private StainTargets() {}

    /**
     * Mean over some hundred training cells, from all over the set, each as the recipe cuts it.
     *
     * @param cacheFolder keeps their pixels
     */
    public static StainTarget of(Corpus corpus, Recipe recipe, Path cacheFolder)
            throws CorpusException {
        List<Cell> sample = new ArrayList<>();
        double step = Math.max(1, corpus.train().size() / (double) SAMPLE);
        for (double next = 0; next < corpus.train().size(); next += step) {
            sample.add(corpus.train().get((int) next));
        }
        Recipe plain =
                new Recipe(
                                recipe.inputSide(),
                                recipe.cropSide(),
                                recipe.contextFactor(),
                                0,
                                recipe.claheTiles(),
                                recipe.decodeReduction())
                        .balancedTo(recipe.whiteLevel());
        List<CellPixels> pixels =
                CellReading.pixels(
                        "cells for stain", new PixelStore(plain, cacheFolder), corpus, sample);
        List<Colours> seen =
                pixels.stream().map(StainTransfer::measure).flatMap(Optional::stream).toList();
        if (seen.isEmpty()) {
            throw new CorpusException(
                    "no training cell has colours to take a target from; leave --stain out");
        }
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            int channel = c;
            means.add(seen.stream().mapToDouble(s -> s.means()[channel]).average().orElseThrow());
            deviations.add(
                    seen.stream()
                            .mapToDouble(s -> s.deviations()[channel])
                            .average()
                            .orElseThrow());
        }
        return new StainTarget(means, deviations);
    }
}
