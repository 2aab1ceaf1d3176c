// Licensed under the Apache License, Version 2.0.
package io.cytolog.mix;

import io.cytolog.balance.AdaptiveBalance;
import io.cytolog.balance.EpochOrder;
import io.cytolog.balance.MixedOrder;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Confusion;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.Trainer;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at held-out training cells after an epoch and decides how many synthetic ones come. Owned
 * by the training's thread.
 */
public final class Steering {

    private final SyntheticMix mix;
    private final Prototypes prototypes;
    private final List<Cell> held;
    private final List<CellPixels> pixels;
    private final int[] counts;
    private final AdaptiveBalance balance;
    private final Path out;

    /**
     * @param real training cells that are trained on
     * @param held training cells that are held out; none unless the share is adaptive
     * @param out folder that keeps what was decided
     */
    public Steering(
            SyntheticMix mix,
            Prototypes prototypes,
            Wordings wordings,
            List<Cell> real,
            List<Cell> held,
            List<CellPixels> pixels,
            Path out)
            throws IOException {
        this.mix = mix;
        this.prototypes = prototypes;
        this.held = held;
        this.pixels = pixels;
        this.counts = SyntheticMix.counts(real, real.size(), wordings);
        this.balance = mix.balance(wordings, out);
        this.out = out;
    }

    /**
     * @param epoch that is done, from 0
     */
    public void epochDone(Layout layout, Trainer trainer, EpochOrder order, int epoch) {
        if (!mix.adaptive() || held.isEmpty() || !(order instanceof MixedOrder mixed)) {
            return;
        }
        try (Embedder embedder = new Embedder(layout, trainer.averageWeights())) {
            List<float[]> images = embedder.images(pixels, trainer.side());
            // A finding whose wording lies far off needs an offset, not synthetic cells.
            double[] offsets = prototypes.offsets(embedder, held, images);
            Confusion seen = prototypes.confusion(embedder, offsets, held, images);
            mix.saw(balance, seen, mixed, epoch, counts, out);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(out), e);
        }
    }
}
