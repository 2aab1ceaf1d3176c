// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.balance.EpochOrder;
import io.cytolog.balance.InnerHoldOut;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.mix.Steering;
import io.cytolog.mix.SyntheticMix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The cells that a row trains on: real ones, synthetic ones, and those that steer the share. */
final class Mixture {

    /** Share of the training cells, whole groups, that an adaptive share is steered by. */
    private static final double STEERING = 0.12;

    private final AblationRow row;
    private final long seed;
    private final Wordings wordings;
    private final SyntheticMix mix;
    private final List<Cell> real;
    private final List<Cell> held;
    private final List<CellPixels> heldPixels;
    private final SyntheticMix.Cells all;

    Mixture(
            AblationRow row,
            long seed,
            List<Cell> training,
            List<CellPixels> pixels,
            Wordings wordings,
            Ablation.Ingredients ingredients,
            Recipe recipe)
            throws CorpusException {
        this.row = row;
        this.seed = seed;
        this.wordings = wordings;
        this.mix =
                row.synthetic().isEmpty()
                        ? SyntheticMix.none()
                        : SyntheticMix.of(ingredients.synthetic().orElseThrow(), row.synthetic());
        InnerHoldOut inner = InnerHoldOut.of(training, mix.adaptive() ? STEERING : 0, seed);
        this.real = picked(training, inner.kept());
        this.held = picked(training, inner.held());
        this.heldPixels = picked(pixels, inner.held());
        this.all = mix.joined(real, picked(pixels, inner.kept()), recipe);
    }

    /** Real cells that are trained on. */
    List<Cell> realCells() {
        return real;
    }

    /** Their pixels. */
    List<CellPixels> realPixels() {
        return all.pixels().subList(0, real.size());
    }

    List<Cell> cells() {
        return all.cells();
    }

    List<CellPixels> pixels() {
        return all.pixels();
    }

    /**
     * @param state folder that keeps what was decided
     */
    EpochOrder order(Path state) throws IOException {
        return mix.order(
                row.balance().order(real, seed), all.cells(), real.size(), wordings, seed, state);
    }

    /**
     * @param state folder that keeps what was decided
     */
    Steering steering(Prototypes prototypes, Path state) throws IOException {
        return new Steering(mix, prototypes, wordings, real, held, heldPixels, state);
    }

    /** Forgets what an earlier row decided. */
    void forget(Path state) throws IOException {
        mix.forget(state);
    }

    private static <T> List<T> picked(List<T> from, int[] places) {
        return Arrays.stream(places).mapToObj(from::get).toList();
    }
}
