// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.balance.Balance;
import io.cytolog.balance.EpochOrder;
import io.cytolog.balance.InnerHoldOut;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
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
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.LibTorch;
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
import me.tongfei.progressbar.ProgressBar;
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with manifest.csv")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder for checkpoint and release")
    private Path out;

    @Mixin private FitOptions how = new FitOptions();

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            description = "stop and keep a checkpoint after so many minutes; --resume goes on")
    private Double minutes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    private boolean resume;

    @Option(names = "--core-only", description = "use only the manifest's core subset")
    private boolean coreOnly;

    @Mixin private StartingPoint start = new StartingPoint();

    @Mixin private TeacherOptions teachers = new TeacherOptions();

    @Mixin private OutlierOptions outliers = new OutlierOptions();

    @Mixin private SyntheticOptions synthetic = new SyntheticOptions();

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
            mix = synthetic.mix();
            how.check(reviews.used(), start.release().isPresent(), start.augmentation());
            recipes.check();
            outliers.check();
        } catch (CorpusException | IllegalArgumentException e) {
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
        Corpus read = Corpus.read(data, coreOnly);
        Files.createDirectories(out);
        start.check(read);
        reviews.check(start.release());
        recipe =
                recipes.recipe(
                        start.recipe().orElse(RecipeOptions.USUAL), read, out.resolve("cache"));
        Wordings wordings = Wordings.shipped();
        teachers.check(wordings);
        Corpus corpus = reviews.joined(read, wordings, out.resolve("cache"), console);
        try (MiniLmTextTower tower = TextStore.tower(threads)) {
            console.printf(
                    Locale.ROOT,
                    "%,d training cells, %,d validation cells%n",
                    corpus.train().size(),
                    corpus.validation().size());
            PixelStore store = new PixelStore(recipe, out.resolve("cache"));
            List<CellPixels> pixels =
                    CellReading.pixels("training cells", store, corpus, corpus.train());
            List<CellPixels> held =
                    CellReading.pixels("validation cells", store, corpus, corpus.validation());
            if (recipe.equals(NearCopies.RECIPE)) {
                NearCopies.refuse(corpus, pixels, held);
            } else {
                CellReading.refuseCopies(corpus, out.resolve("cache"));
            }
            InnerHoldOut inner =
                    mix.adaptive()
                            ? InnerHoldOut.of(corpus.train(), STEERING, how.seed())
                            : InnerHoldOut.of(corpus.train(), 0, how.seed());
            List<Cell> real = picked(corpus.train(), inner.kept());
            SyntheticMix.Cells all = mix.joined(real, picked(pixels, inner.kept()), recipe);
            Balance kind = how.balance();
            CellTexts texts = new CellTexts(wordings, all.cells(), how.seed());
            float[] vectors =
                    CellReading.vectors(new TextStore(out.resolve("cache"), tower), texts.texts());
            if (!resume) {
                mix.forget(out);
            }
            EpochOrder order =
                    mix.order(
                            kind.order(real, how.seed()),
                            all.cells(),
                            real.size(),
                            wordings,
                            how.seed(),
                            out);
            TrainingSet set =
                    new TrainingSet(
                            wordings,
                            all.cells(),
                            all.pixels(),
                            texts,
                            vectors,
                            order,
                            kind.weights(all.cells()),
                            teachers.lessons(
                                    wordings,
                                    all.cells(),
                                    other -> pictures(corpus, real, all, other),
                                    out.resolve("cache"),
                                    threads),
                            outliers.outliers(data, real, recipe, how.seed()));
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
        String own = threads == 1 ? "" : " --threads " + threads;
        own += coreOnly ? " --core-only" : "";
        return own
                + start.words()
                + teachers.words()
                + outliers.words()
                + reviews.words()
                + how.words()
                + synthetic.words()
                + recipes.words();
    }

    /** The cells of the training as a teacher's recipe cuts them. */
    private List<CellPixels> pictures(
            Corpus corpus, List<Cell> real, SyntheticMix.Cells all, Recipe other)
            throws CorpusException {
        if (other.equals(recipe)) {
            return all.pixels();
        }
        PixelStore store = new PixelStore(other, out.resolve("cache"));
        List<CellPixels> pixels = CellReading.pixels("cells for a teacher", store, corpus, real);
        return mix.joined(real, pixels, other).pixels();
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
        LibTorch.ready(threads);
        Layout layout = how.layout(start.layout(), set.wordings());
        FitPlan plan = how.plan(start.release().isPresent());
        String identity = identity(corpus);
        Path file = out.resolve("checkpoint.bin");
        FitLoop loop = new FitLoop(file, Optional.ofNullable(minutes), stop, console);
        try (Trainer trainer = trainer(layout, set, plan, identity, file)) {
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
                        data, out, how.epochs(), words());
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
        Path folder = out.resolve("release");
        console.println("validating and exporting to " + folder);
        try {
            ReleaseExport.Written written = written(folder, corpus, wordings, tower, pixels, held);
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

    private ReleaseExport.Written written(
            Path folder,
            Corpus corpus,
            Wordings wordings,
            MiniLmTextTower tower,
            List<CellPixels> pixels,
            List<CellPixels> held)
            throws CorpusException, ExportException, IOException {
        Checkpoint done = Checkpoint.read(out.resolve("checkpoint.bin"));
        ReleaseExport export =
                new ReleaseExport(
                        how.layout(start.layout(), wordings),
                        recipe,
                        recipes.orientations(start.orientations()),
                        corpus,
                        wordings,
                        tower,
                        new InferenceThreads(threads));
        try (ProgressBar bar = new ProgressBar("encode", pixels.size() + held.size())) {
            return export.write(
                    folder, done.average(), pixels, held, facts(corpus, done), bar::stepTo);
        }
    }

    private Map<String, String> facts(Corpus corpus, Checkpoint done) throws CorpusException {
        Map<String, String> facts = new HashMap<>(start.facts());
        facts.putAll(how.facts());
        facts.putAll(teachers.facts());
        facts.putAll(outliers.facts());
        facts.putAll(synthetic.facts());
        facts.putAll(reviews.facts());
        facts.put("steps", Integer.toString(done.steps()));
        facts.put("threads", Integer.toString(threads));
        facts.put("training cells", Integer.toString(corpus.train().size()));
        facts.put("validation cells", Integer.toString(corpus.validation().size()));
        facts.put("dataset digest", corpus.digest());
        return facts;
    }

    /** Names what a checkpoint may only continue; a release trained by default keeps its name. */
    private String identity(Corpus corpus) throws CorpusException, IOException {
        // Earlier versions had other sides, from nothing and from a release.
        String sides = " " + how.plan(start.release().isPresent()).sides();
        return "%s %s seed %d%s%s%s%s%s%s"
                .formatted(
                        corpus.digest(),
                        recipe,
                        how.seed(),
                        start.identity(),
                        how.identity(),
                        sides,
                        teachers.identity(),
                        outliers.identity(),
                        synthetic.identity());
    }

    private Trainer trainer(
            Layout layout, TrainingSet set, FitPlan plan, String identity, Path file)
            throws CorpusException, IOException {
        if (!resume || !Files.isRegularFile(file)) {
            return start.trainer(layout, set, plan, identity, threads);
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        if (!checkpoint.identity().equals(identity)) {
            throw new CorpusException(
                    "%s belongs to other data, recipe, options or precision; give those again, or another --out"
                            .formatted(file));
        }
        return new Trainer(layout, set, plan, checkpoint, threads);
    }

    private static Confusion validate(
            Layout layout,
            Trainer trainer,
            Corpus corpus,
            List<CellPixels> held,
            Prototypes prototypes) {
        try (Embedder embedder = new Embedder(layout, trainer.averageWeights())) {
            return prototypes.confusion(
                    embedder, corpus.validation(), embedder.images(held, trainer.side()));
        }
    }
}
