// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.StainTargets;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.fit.Aims;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Lessons;
import io.cytolog.fit.Optimiser;
import io.cytolog.fit.Outliers;
import io.cytolog.fit.Pretrained;
import io.cytolog.fit.Trainer;
import io.cytolog.fit.TrainingSet;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.Recipe;
import io.cytolog.mix.Steering;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import io.cytolog.onnx.MiniLmTextTower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** Side of CLAHE's tiles, pixels, as in releases: in smaller ones no clip limit is felt. */
    private static final int TILE = 16;

    private static final int REDUCTION = 8;
    private static final int DIGITS = 16;

    /** Wordings of a finding a step in all rows but fitted ones. */
    private static final int DRAWN_WORDINGS = 2;

    private final Path out;
    private final AblationPlan plan;
    private final Corpus clean;
    private final Wordings wordings = Wordings.shipped();
    private final MiniLmTextTower tower;
    private final Ingredients ingredients;
    private final int threads;
    private boolean looked;

    /**
     * What some rows need and others do not.
     *
     * @param synthetic folder of synthetic cells
     * @param syntheticDigest of its list; empty without the folder
     * @param pretrained trunk that learnt without labels, on the same training cells
     * @param pretrainedDigest of its file; empty without it
     */
    public record Ingredients(
            Optional<Path> synthetic,
            String syntheticDigest,
            Optional<Pretrained> pretrained,
            String pretrainedDigest) {

        /** For plans whose rows need none. */
        public static final Ingredients NONE =
                new Ingredients(Optional.empty(), "", Optional.empty(), "");
    }

    /**
     * @param out folder for caches and checkpoints
     * @param tower of the texts; stays the caller's
     * @param threads that compute
     * @throws IllegalArgumentException when a row needs an ingredient that is not given
     */
    public Ablation(
            Path out,
            AblationPlan plan,
            Corpus corpus,
            MiniLmTextTower tower,
            Ingredients ingredients,
            int threads) {
        this.out = out;
        this.plan = plan;
        this.clean = corpus;
        this.tower = tower;
        this.ingredients = ingredients;
        plan.rows().forEach(this::check);
        this.threads = threads;
    }

    private void check(AblationRow row) {
        if (!row.synthetic().isEmpty() && ingredients.synthetic().isEmpty()) {
            throw new IllegalArgumentException(
                    "row '%s' has synthetic cells; give --synthetic with a folder of ./cytolog generate"
                            .formatted(row.name()));
        }
        if (row.pretrained() && ingredients.pretrained().isEmpty()) {
            throw new IllegalArgumentException(
                    "row '%s' is pre-trained; give --pretrained with the file of ./cytolog pretrain"
                            .formatted(row.name()));
        }
    }

    /** Names everything that the outcome of a row follows from. */
    public String digest(AblationRow row) {
        return "%s|%s|%s|%s|%s|%s|epochs %d|offsets%s%s%s%s"
                .formatted(
                        clean.digest(),
                        plain(row),
                        row.balance().label(),
                        row.texts(),
                        row.backbone().name(),
                        row.leaky() ? "leaky" : "clean",
                        plan.epochs(),
                        row.reinhard() ? "|reinhard" : "",
                        row.optimiser() == Optimiser.ADAMW ? "" : "|" + row.optimiser(),
                        row.pretrained() ? "|pretrained " + ingredients.pretrainedDigest() : "",
                        row.synthetic().isEmpty()
                                ? ""
                                : "|synthetic %s of %s"
                                        .formatted(row.synthetic(), ingredients.syntheticDigest()));
    }

    /** The folder of a row and a seed. */
    public Path folder(AblationRow row, long seed) {
        byte[] identity = identity(row, seed).getBytes(StandardCharsets.UTF_8);
        String name = ImageBytes.wrap(identity).sha256().substring(0, DIGITS);
        return out.resolve("running").resolve(name);
    }

    private String identity(AblationRow row, long seed) {
        return digest(row) + " seed " + seed;
    }

    /**
     * Trains a row with a seed, from where an earlier attempt stopped.
     *
     * @param folder of this row and seed
     * @return empty when told to stop before the end
     */
    public Optional<Outcome> run(
            AblationRow row,
            long seed,
            RunFolder folder,
            Trainer.Listener listener,
            BooleanSupplier stop)
            throws CorpusException, IOException {
        long began = System.nanoTime();
        Corpus corpus = row.leaky() ? clean.leaky(seed) : clean;
        Recipe recipe = recipe(row, corpus);
        PixelStore store = new PixelStore(recipe, out.resolve("cache"));
        List<CellPixels> pixels =
                CellReading.pixels("training cells", store, corpus, corpus.train());
        List<CellPixels> held =
                CellReading.pixels("validation cells", store, corpus, corpus.validation());
        if (!row.leaky()) {
            refuseCopies();
        }
        Path state = folder.path();
        Path file = state.resolve("checkpoint.bin");
        String identity = identity(row, seed);
        Optional<Checkpoint> from = checkpoint(file, identity);
        FitPlan fit = fitPlan(row, seed);
        Layout layout = layout(row);
        Mixture mixture =
                new Mixture(row, seed, corpus.train(), pixels, wordings, ingredients, recipe);
        if (from.isEmpty()) {
            mixture.forget(state);
        }
        TrainingSet set = set(mixture, row, seed, state);
        Steering steering = mixture.steering(prototypes(row), state);
        Checkpoint first = from.orElseGet(() -> start(row, layout, set, fit, identity));
        int perEpoch = fit.stepsPerEpoch(set.epochSize());
        try (Trainer trainer = new Trainer(layout, set, fit, first, threads)) {
            trainer.run(
                    (done, steps, loss) -> {
                        if (done % SAVE_EVERY == 0) {
                            save(trainer, file);
                        }
                        if (done % perEpoch == 0) {
                            steering.epochDone(layout, trainer, set.order(), done / perEpoch - 1);
                        }
                        listener.stepDone(done, steps, loss);
                    },
                    stop);
            if (!trainer.finished()) {
                save(trainer, file);
                return Optional.empty();
            }
            double minutes = (System.nanoTime() - began) / 6e10;
            return Optional.of(
                    outcome(corpus, row, seed, trainer.averageWeights(), mixture, held, minutes));
        }
    }

    /** Looks once a process: the split of all rows but leaky ones is the same. */
    private void refuseCopies() throws CorpusException {
        if (!looked) {
            CellReading.refuseCopies(clean, out.resolve("cache"));
            looked = true;
        }
    }

    /** The recipe, but for a stain target. */
    private Recipe plain(AblationRow row) {
        int tiles = Math.max(1, plan.side() / TILE);
        Recipe recipe =
                new Recipe(plan.side(), CROP, CONTEXT, row.claheClipLimit(), tiles, REDUCTION);
        Recipe contrasted = row.adaptiveContrast() ? recipe.adaptive() : recipe;
        return row.whiteBalance() ? contrasted.balancedTo(Recipe.WHITE) : contrasted;
    }

    private Recipe recipe(AblationRow row, Corpus corpus) throws CorpusException {
        Recipe recipe = plain(row);
        return row.reinhard()
                ? recipe.stained(StainTargets.of(corpus, recipe, out.resolve("cache")))
                : recipe;
    }

    private FitPlan fitPlan(AblationRow row, long seed) {
        Aims aims =
                switch (row.texts()) {
                    case ALL, FITTED -> Aims.STANDARD;
                    case CLASSIFIED -> Aims.STANDARD.classified(1);
                    case SIGMOID -> Aims.STANDARD.paired(Aims.Pairs.SIGMOID);
                    case FOILS -> Aims.FOILED;
                    case FINDINGS, CODES -> Aims.FINDINGS;
                };
        if (!fitted(row)) {
            aims = aims.worded(DRAWN_WORDINGS);
        }
        return FitPlan.standard(seed, plan.epochs())
                .atFullSide()
                .optimisedBy(row.optimiser())
                .aimedAt(aims.focused(row.balance().focus()));
    }

    private TrainingSet set(Mixture mixture, AblationRow row, long seed, Path state)
            throws IOException, CorpusException {
        CellTexts texts = new CellTexts(wordings, mixture.cells(), seed);
        float[] vectors =
                CellReading.vectors(new TextStore(out.resolve("cache"), tower), texts.texts());
        if (row.texts() == AblationRow.Texts.CODES) {
            vectors = new Codes(wordings).over(texts, vectors);
        }
        return new TrainingSet(
                wordings,
                mixture.cells(),
                mixture.pixels(),
                texts,
                vectors,
                mixture.order(state),
                row.balance().weights(mixture.cells()),
                Lessons.NONE,
                Outliers.NONE);
    }

    private static Optional<Checkpoint> checkpoint(Path file, String identity) throws IOException {
        return Files.isRegularFile(file)
                ? Optional.of(Checkpoint.read(file)).filter(c -> c.identity().equals(identity))
                : Optional.empty();
    }

    private static boolean fitted(AblationRow row) {
        return row.texts() == AblationRow.Texts.FITTED
                || row.texts() == AblationRow.Texts.CLASSIFIED;
    }

    private Layout layout(AblationRow row) {
        Layout network = Layout.of(row.backbone());
        return row.texts() == AblationRow.Texts.CLASSIFIED
                ? network.classifying(wordings.classCount())
                : network;
    }

    private Checkpoint start(
            AblationRow row, Layout layout, TrainingSet set, FitPlan fit, String identity) {
        Checkpoint nothing =
                fitted(row)
                        ? Trainer.starting(layout, set, fit.seed(), identity)
                        : Checkpoint.starting(Weights.initial(layout, fit.seed()), identity);
        return row.pretrained()
                ? ingredients.pretrained().orElseThrow().start(layout, nothing)
                : nothing;
    }

    private Prototypes prototypes(AblationRow row) {
        return row.texts() == AblationRow.Texts.CODES
                ? new Prototypes(wordings, new Codes(wordings).vectors())
                : new Prototypes(wordings, tower);
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
            Mixture mixture,
            List<CellPixels> held,
            double minutes) {
        Prototypes prototypes = prototypes(row);
        int[] given;
        try (Embedder embedder = new Embedder(layout(row), weights)) {
            List<float[]> images = embedder.images(mixture.realPixels());
            double[] offsets = prototypes.offsets(embedder, mixture.realCells(), images);
            given = prototypes.given(embedder, offsets, embedder.images(held));
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
