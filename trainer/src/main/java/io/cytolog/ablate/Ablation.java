// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.NearCopies;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.fit.Aims;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Trainer;
import io.cytolog.fit.TrainingSet;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import io.cytolog.onnx.MiniLmTextTower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains the rows of a plan, one after the other, and says what each gave. Owned by one thread. */
public final class Ablation {

    private static final int SAVE_EVERY = 50;
    private static final int CROP = 288;
    private static final double CONTEXT = 1.6;
    private static final int TILES = 8;
    private static final int REDUCTION = 8;

    private final Path out;
    private final AblationPlan plan;
    private final Corpus clean;
    private final Wordings wordings = Wordings.shipped();
    private final MiniLmTextTower tower;
    private final int threads;

    /**
     * @param out folder for caches and checkpoints
     * @param tower of the texts; stays the caller's
     * @param threads that compute
     */
    public Ablation(
            Path out, AblationPlan plan, Corpus corpus, MiniLmTextTower tower, int threads) {
        this.out = out;
        this.plan = plan;
        this.clean = corpus;
        this.tower = tower;
        this.threads = threads;
    }

    /** Names everything that the outcome of a row follows from. */
    public String digest(AblationRow row) {
        return "%s|%s|%s|%s|%s|%s|epochs %d"
                .formatted(
                        clean.digest(),
                        recipe(row),
                        row.balance().label(),
                        row.texts(),
                        row.backbone().name(),
                        row.leaky() ? "leaky" : "clean",
                        plan.epochs());
    }

    /**
     * Trains a row with a seed, from where an earlier attempt stopped.
     *
     * @return empty when told to stop before the end
     */
    public Optional<Outcome> run(
            AblationRow row, long seed, Trainer.Listener listener, BooleanSupplier stop)
            throws CorpusException, IOException {
        long began = System.nanoTime();
        Corpus corpus = row.leaky() ? clean.leaky(seed) : clean;
        PixelStore store = new PixelStore(recipe(row), out.resolve("cache"));
        List<CellPixels> pixels = store.pixels(corpus, corpus.train(), done -> {});
        List<CellPixels> held = store.pixels(corpus, corpus.validation(), done -> {});
        if (!row.leaky()) {
            NearCopies.refuse(corpus, pixels, held);
        }
        FitPlan fit = fitPlan(row, seed);
        TrainingSet set = set(corpus, row, seed, pixels);
        Path file = out.resolve("running.bin");
        String identity = digest(row) + " seed " + seed;
        Layout layout = Layout.of(row.backbone());
        try (Trainer trainer = trainer(layout, set, fit, identity, file)) {
            trainer.run(
                    (done, steps, loss) -> {
                        if (done % SAVE_EVERY == 0) {
                            save(trainer, file);
                        }
                        listener.stepDone(done, steps, loss);
                    },
                    stop);
            if (!trainer.finished()) {
                save(trainer, file);
                return Optional.empty();
            }
            double minutes = (System.nanoTime() - began) / 6e10;
            return Optional.of(outcome(corpus, row, seed, trainer.averageWeights(), held, minutes));
        }
    }

    private Recipe recipe(AblationRow row) {
        Recipe recipe =
                new Recipe(plan.side(), CROP, CONTEXT, row.claheClipLimit(), TILES, REDUCTION);
        return row.adaptiveContrast() ? recipe.adaptive() : recipe;
    }

    private FitPlan fitPlan(AblationRow row, long seed) {
        Aims aims =
                switch (row.texts()) {
                    case ALL -> Aims.STANDARD;
                    case FOILS -> Aims.FOILED;
                    case FINDINGS, CODES -> Aims.FINDINGS;
                };
        return FitPlan.standard(seed, plan.epochs()).aimedAt(aims.focused(row.balance().focus()));
    }

    private TrainingSet set(Corpus corpus, AblationRow row, long seed, List<CellPixels> pixels)
            throws CorpusException {
        CellTexts texts = new CellTexts(wordings, corpus.train(), seed);
        float[] vectors =
                new TextStore(out.resolve("cache"), tower).vectors(texts.texts(), done -> {});
        if (row.texts() == AblationRow.Texts.CODES) {
            vectors = new Codes(wordings).over(texts, vectors);
        }
        return new TrainingSet(
                wordings,
                corpus.train(),
                pixels,
                texts,
                vectors,
                row.balance().order(corpus.train(), seed),
                row.balance().weights(corpus.train()));
    }

    private Trainer trainer(Layout layout, TrainingSet set, FitPlan fit, String identity, Path file)
            throws IOException {
        if (Files.isRegularFile(file)) {
            Checkpoint checkpoint = Checkpoint.read(file);
            if (checkpoint.identity().equals(identity)) {
                return new Trainer(layout, set, fit, checkpoint, threads);
            }
        }
        return new Trainer(
                layout,
                set,
                fit,
                Checkpoint.starting(Weights.initial(layout, fit.seed()), identity),
                threads);
    }

    private static void save(Trainer trainer, Path file) {
        try {
            trainer.checkpoint().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be written".formatted(file), e);
        }
    }

    private Outcome outcome(
            Corpus corpus,
            AblationRow row,
            long seed,
            float[] weights,
            List<CellPixels> held,
            double minutes) {
        Prototypes prototypes =
                row.texts() == AblationRow.Texts.CODES
                        ? new Prototypes(wordings, new Codes(wordings).vectors())
                        : new Prototypes(wordings, tower);
        int[] given;
        try (Embedder embedder = new Embedder(Layout.of(row.backbone()), weights)) {
            given = prototypes.given(embedder, embedder.images(held));
        }
        List<String> findings = wordings.findings().stream().map(FindingWords::id).toList();
        int[] trained = new int[findings.size()];
        corpus.train().forEach(cell -> trained[findings.indexOf(cell.finding())]++);
        List<Cell> cells = corpus.validation();
        return new Outcome(
                digest(row),
                row.name(),
                seed,
                findings,
                cells.stream().map(Cell::path).toList(),
                cells.stream().map(Cell::group).toList(),
                cells.stream().map(cell -> findings.indexOf(cell.finding())).toList(),
                Arrays.stream(given).boxed().toList(),
                Arrays.stream(trained).boxed().toList(),
                minutes);
    }
}
