// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.balance.Balance;
import io.cytolog.balance.EpochOrder;
import io.cytolog.balance.InnerHoldOut;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.NearCopies;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Confusion;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.export.ExportException;
import io.cytolog.export.ReleaseExport;
import io.cytolog.fit.Aims;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Ramp;
import io.cytolog.fit.Trainer;
import io.cytolog.fit.TrainingSet;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.mix.Steering;
import io.cytolog.mix.SyntheticMix;
import io.cytolog.network.Layout;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MiniLmTextTower;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseReader;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cytolog train}: labelled cells in, a release out. Owned by the main thread. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a release from a folder of labelled cells.")
public final class TrainCommand implements Callable<Integer> {

    private static final int STOPPED = 130;
    private static final double STEERING = 0.12;
    private static final double USUAL_RATE = 1.5e-3;

    @Option(names = "--data", required = true, description = "folder with manifest.csv")
    private Path data;

    @Option(names = "--out", required = true, description = "folder for checkpoint and release")
    private Path out;

    @Option(names = "--seed", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--epochs", defaultValue = "44", description = "default ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--minutes",
            description = "stop and keep a checkpoint after so many minutes; --resume goes on")
    private Double minutes;

    @Option(names = "--threads", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    private boolean resume;

    @Option(names = "--core-only", description = "use only the manifest's core subset")
    private boolean coreOnly;

    @Option(
            names = "--balance",
            defaultValue = "root",
            description = {
                "what is done about findings with few cells: none, root, oversample, weights, focal;",
                "default ${DEFAULT-VALUE}"
            })
    private String balance = "";

    @Option(
            names = "--learning-rate",
            description = "highest of the run; default 0.0015, with --from-reviews 0.0003")
    private Optional<Double> givenRate = Optional.empty();

    private double rate = USUAL_RATE;

    @Option(
            names = "--augmentation",
            defaultValue = "1",
            description = {
                "how far the last pictures are altered, the first ones half as far: 0 only turned",
                "and flipped, 1 for pictures of scanners never seen; default ${DEFAULT-VALUE}"
            })
    private double augmentation = 1;

    private Ramp strength = Ramp.upTo(1);

    @Mixin private StartingPoint start = new StartingPoint();

    @Mixin private SyntheticOptions synthetic = new SyntheticOptions();

    @Option(
            names = "--pairs",
            defaultValue = "SOFTMAX",
            description = {
                "how cells and sentences are paired: softmax (CLIP) or sigmoid (SigLIP);",
                "default ${DEFAULT-VALUE}"
            })
    private Aims.Pairs pairs = Aims.Pairs.SOFTMAX;

    @Mixin private ReviewOptions reviews = new ReviewOptions();

    @Mixin private RecipeOptions recipes = new RecipeOptions();

    private Recipe recipe = RecipeOptions.USUAL;
    private SyntheticMix mix = SyntheticMix.none();

    private final PrintStream console = System.out;
    private final StopSign stop = new StopSign();

    public static void main(String[] arguments) {
        System.exit(TrainerCommands.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, UserFault {
        try {
            Balance.of(balance);
            mix = synthetic.mix();
            if (!(augmentation >= 0 && augmentation <= 1)) {
                throw new UserFault(
                        "--augmentation=%s is out of bounds; give 0 to 1".formatted(augmentation));
            }
            strength = Ramp.upTo(augmentation);
            rate = givenRate.orElse(reviews.used() ? ReviewOptions.GENTLE_RATE : USUAL_RATE);
            if (!(rate > 0 && rate <= 0.1)) {
                throw new UserFault(
                        "--learning-rate=%s is out of bounds; give more than 0, at most 0.1"
                                .formatted(rate));
            }
        } catch (IllegalArgumentException e) {
            throw new UserFault(e.getMessage());
        }
        stop.install();
        try {
            return train();
        } catch (CorpusException e) {
            throw new UserFault(e.getMessage());
        } finally {
            stop.ended();
        }
    }

    private int train() throws CorpusException, IOException {
        Files.createDirectories(out);
        Corpus corpus = Corpus.read(data, coreOnly);
        start.check(corpus);
        reviews.check(start.release());
        recipe = recipes.recipe(corpus, out.resolve("cache"));
        Wordings wordings = Wordings.shipped();
        corpus = reviews.joined(corpus, wordings, out.resolve("cache"), console);
        try (MiniLmTextTower tower = TextStore.tower(threads)) {
            console.printf(
                    Locale.ROOT,
                    "%,d training cells, %,d validation cells%n",
                    corpus.train().size(),
                    corpus.validation().size());
            PixelStore store = new PixelStore(recipe, out.resolve("cache"));
            List<CellPixels> pixels = store.pixels(corpus, corpus.train(), done -> {});
            List<CellPixels> held = store.pixels(corpus, corpus.validation(), done -> {});
            if (recipe.equals(NearCopies.RECIPE)) {
                NearCopies.refuse(corpus, pixels, held);
            } else {
                NearCopies.refuse(corpus, out.resolve("cache"));
            }
            InnerHoldOut inner =
                    mix.adaptive()
                            ? InnerHoldOut.of(corpus.train(), STEERING, seed)
                            : InnerHoldOut.of(corpus.train(), 0, seed);
            List<Cell> real = picked(corpus.train(), inner.kept());
            SyntheticMix.Cells all = mix.joined(real, picked(pixels, inner.kept()), recipe);
            Balance kind = Balance.of(balance);
            CellTexts texts = new CellTexts(wordings, all.cells(), seed);
            float[] vectors =
                    new TextStore(out.resolve("cache"), tower).vectors(texts.texts(), done -> {});
            if (!resume) {
                mix.forget(out);
            }
            EpochOrder order =
                    mix.order(
                            kind.order(real, seed), all.cells(), real.size(), wordings, seed, out);
            TrainingSet set =
                    new TrainingSet(
                            wordings,
                            all.cells(),
                            all.pixels(),
                            texts,
                            vectors,
                            order,
                            kind.weights(all.cells()));
            Prototypes prototypes = new Prototypes(wordings, tower);
            console.printf(Locale.ROOT, "%,d texts; training starts%n", texts.texts().size());
            Steering steering =
                    new Steering(
                            mix,
                            prototypes,
                            wordings,
                            real,
                            picked(corpus.train(), inner.held()),
                            picked(pixels, inner.held()),
                            out);
            int code = fit(corpus, set, held, prototypes, steering);
            if (code == 0) {
                code = export(corpus, wordings, tower, pixels, held);
            }
            return code == 0 && reviews.used() ? compared(corpus) : code;
        }
    }

    private int compared(Corpus corpus) throws CorpusException {
        return reviews.compared(
                start.release().orElseThrow(),
                out.resolve("release"),
                corpus,
                out.resolve("cache"),
                threads,
                console);
    }

    /** The options that shape the training, to be given again with --resume. */
    private String words() {
        String balanced = balance.equals(Balance.ROOT.label()) ? "" : " --balance " + balance;
        String rated = givenRate.map(given -> " --learning-rate " + given).orElse("");
        String own = seed == 1 ? "" : " --seed " + seed;
        own += threads == 1 ? "" : " --threads " + threads;
        own += coreOnly ? " --core-only" : "";
        return own
                + start.words()
                + reviews.words()
                + rated
                + altered()
                + balanced
                + paired()
                + synthetic.words()
                + recipes.words();
    }

    private String altered() {
        return augmentation == 1 ? "" : " --augmentation " + augmentation;
    }

    private String paired() {
        return pairs == Aims.Pairs.SOFTMAX ? "" : " --pairs " + pairs;
    }

    private static <T> List<T> picked(List<T> from, int[] places) {
        return Arrays.stream(places).mapToObj(from::get).toList();
    }

    private int fit(
            Corpus corpus,
            TrainingSet set,
            List<CellPixels> held,
            Prototypes prototypes,
            Steering steering)
            throws CorpusException, IOException {
        openblas.blas_set_num_threads(1);
        torch.set_num_threads(threads);
        Layout layout = start.layout();
        FitPlan plan = FitPlan.standard(seed, epochs).rated(rate).altered(strength);
        plan = plan.aimedAt(plan.aims().focused(Balance.of(balance).focus()).paired(pairs));
        if (start.release().isPresent()) {
            plan = plan.detailed();
        }
        String identity = identity(corpus);
        Path file = out.resolve("checkpoint.bin");
        FitLoop loop = new FitLoop(file, Optional.ofNullable(minutes), stop, console);
        try (Trainer trainer = trainer(set, plan, identity, file)) {
            boolean finished =
                    loop.run(
                            trainer,
                            plan.steps(set.epochSize()),
                            plan.stepsPerEpoch(set.epochSize()),
                            epoch -> steering.epochDone(layout, trainer, set.order(), epoch),
                            () -> validate(layout, trainer, corpus, held, prototypes));
            if (!finished) {
                console.printf(
                        "%nstopped; go on with: ./cytolog train --data %s --out %s --epochs %d%s --resume%n",
                        data, out, epochs, words());
                return STOPPED;
            }
        }
        return 0;
    }

    /** Writes the release of the finished checkpoint. */
    private int export(
            Corpus corpus,
            Wordings wordings,
            MiniLmTextTower tower,
            List<CellPixels> pixels,
            List<CellPixels> held)
            throws CorpusException, IOException {
        Layout layout = start.layout();
        Checkpoint done = Checkpoint.read(out.resolve("checkpoint.bin"));
        Path folder = out.resolve("release");
        console.println("validating and exporting to " + folder);
        try {
            ReleaseExport.Written written =
                    new ReleaseExport(
                                    layout,
                                    recipe,
                                    corpus,
                                    wordings,
                                    tower,
                                    new InferenceThreads(threads))
                            .write(folder, done.average(), pixels, held, facts(corpus, done));
            console.printf(
                    Locale.ROOT,
                    "release %s%nmacro-F1 %.4f, accuracy %.4f on %,d validation cells; ONNX Runtime within %.1e of LibTorch%n",
                    written.id(),
                    written.macroF1(),
                    written.accuracy(),
                    held.size(),
                    written.parity());
            if (start.carryHead(folder)) {
                console.println(
                        "with the measurement head of --from-release: release "
                                + ReleaseReader.read(folder).id());
            }
            return 0;
        } catch (ExportException | InvalidReleaseException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private Map<String, String> facts(Corpus corpus, Checkpoint done) throws CorpusException {
        Map<String, String> facts = new HashMap<>(start.facts());
        facts.putAll(facts(corpus, done.steps()));
        facts.putAll(synthetic.facts());
        facts.putAll(reviews.facts());
        facts.put("learning rate", Double.toString(rate));
        facts.put("augmentation", Double.toString(augmentation));
        facts.put("pairs", pairs.name().toLowerCase(Locale.ROOT));
        return facts;
    }

    private Map<String, String> facts(Corpus corpus, int steps) {
        return Map.of(
                "seed", Long.toString(seed),
                "epochs", Integer.toString(epochs),
                "steps", Integer.toString(steps),
                "threads", Integer.toString(threads),
                "balance", balance,
                "training cells", Integer.toString(corpus.train().size()),
                "validation cells", Integer.toString(corpus.validation().size()),
                "dataset digest", corpus.digest());
    }

    /** Names what a checkpoint may only continue; a release trained by default keeps its name. */
    private String identity(Corpus corpus) throws CorpusException, IOException {
        String plain = "%s %s seed %d%s".formatted(corpus.digest(), recipe, seed, start.identity());
        String balanced =
                balance.equals(Balance.ROOT.label()) ? plain : plain + " balance " + balance;
        String rated = rate == USUAL_RATE ? "" : " rate " + rate;
        return balanced + rated + altered() + paired() + synthetic.identity();
    }

    private Trainer trainer(TrainingSet set, FitPlan plan, String identity, Path file)
            throws CorpusException, IOException {
        if (!resume || !Files.isRegularFile(file)) {
            return start.trainer(set, plan, identity, threads);
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        if (!checkpoint.identity().equals(identity)) {
            throw new CorpusException(
                    "%s belongs to other data, recipe, balance or seed; give another --out"
                            .formatted(file));
        }
        return new Trainer(start.layout(), set, plan, checkpoint, threads);
    }

    private static Confusion validate(
            Layout layout,
            Trainer trainer,
            Corpus corpus,
            List<CellPixels> held,
            Prototypes prototypes) {
        try (Embedder embedder = new Embedder(layout, trainer.averageWeights())) {
            return prototypes.confusion(embedder, corpus.validation(), embedder.images(held));
        }
    }
}
