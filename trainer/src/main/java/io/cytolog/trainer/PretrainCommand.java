// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.FieldTiles;
import io.cytolog.corpus.NearCopies;
import io.cytolog.corpus.PixelStore;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.LibTorch;
import io.cytolog.fit.Pretrained;
import io.cytolog.fit.Pretrainer;
import io.cytolog.fit.Reconstructions;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog pretrain}: pictures without labels in, a trunk out. Owned by the main thread. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Teaches a trunk to fill in hidden patches of training cells and fields.")
final class PretrainCommand implements Callable<Integer> {

    private static final int SAVE_EVERY = 100;
    private static final int DRAWN = 8;
    private static final String CHECKPOINT = "pretrain-checkpoint.bin";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with manifest.csv")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder for checkpoint, pretrained.bin and reconstructions.png")
    private Path out = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "60",
            description = "default ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            description = "stop and keep a checkpoint after so many minutes; --resume goes on")
    private Optional<Double> minutes = Optional.empty();

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

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            defaultValue = "atto",
            converter = BackboneConverter.class,
            description = BackboneConverter.DESCRIPTION)
    private Backbone backbone = Backbone.ATTO;

    private final PrintStream console = System.out;
    private final StopSign stop = new StopSign();

    @Override
    public Integer call() throws IOException, UserFault {
        stop.install();
        try {
            return pretrain();
        } catch (CorpusException e) {
            throw new UserFault(e.getMessage());
        } finally {
            stop.ended();
        }
    }

    private int pretrain() throws CorpusException, IOException {
        Files.createDirectories(out);
        Corpus corpus = Corpus.read(data, coreOnly);
        List<CellPixels> cells = cells(corpus);
        List<CellPixels> all = new ArrayList<>(cells);
        all.addAll(new FieldTiles(RecipeOptions.USUAL).pixels(data));
        console.printf(
                Locale.ROOT,
                "%,d training cells, %,d tiles of training fields; %s%n",
                cells.size(),
                all.size() - cells.size(),
                backbone.name());
        LibTorch.ready(threads);
        Layout layout = Layout.autoencoder(backbone);
        String identity = identity(corpus, backbone);
        Checkpoint done = fit(layout, all, identity);
        Pretrained.of(identity, layout, done).write(out.resolve("pretrained.bin"));
        List<CellPixels> drawn = spread(cells);
        Path picture = out.resolve("reconstructions.png");
        ImageIO.write(
                Reconstructions.draw(layout, done.average(), drawn, seed), "png", picture.toFile());
        console.printf(
                Locale.ROOT,
                "%n%,d steps; wrote %s and %s%n",
                done.steps(),
                out.resolve("pretrained.bin"),
                picture);
        boolean finished = done.steps() >= FitPlan.pretraining(seed, epochs).steps(all.size());
        if (!finished) {
            console.printf(
                    "stopped; go on with: ./cytolog pretrain --data %s --out %s --epochs %d --seed %d --threads %d --backbone %s%s --resume%n",
                    data,
                    out,
                    epochs,
                    seed,
                    threads,
                    backbone.name(),
                    coreOnly ? " --core-only" : "");
        }
        return finished ? 0 : 130;
    }

    /** Training cells only; none of them may be a copy of a validation cell. */
    private List<CellPixels> cells(Corpus corpus) throws CorpusException {
        PixelStore store = new PixelStore(RecipeOptions.USUAL, out.resolve("cache"));
        List<CellPixels> cells =
                CellReading.pixels("training cells", store, corpus, corpus.train());
        List<CellPixels> held =
                CellReading.pixels("validation cells", store, corpus, corpus.validation());
        NearCopies.refuse(corpus, cells, held);
        return cells;
    }

    private Checkpoint fit(Layout layout, List<CellPixels> all, String identity)
            throws CorpusException, IOException {
        FitPlan plan = FitPlan.pretraining(seed, epochs);
        String own = "%s seed %d epochs %d".formatted(identity, seed, epochs);
        Path file = out.resolve(CHECKPOINT);
        Checkpoint from =
                resume && Files.isRegularFile(file)
                        ? checked(Checkpoint.read(file), own, file)
                        : Pretrainer.fresh(layout, seed, own);
        long start = System.nanoTime();
        long longest = minutes.map(given -> (long) (given * 60e9)).orElse(Long.MAX_VALUE);
        try (Pretrainer trainer = new Pretrainer(layout, all, plan, from, threads);
                ProgressBar bar = new ProgressBar("pretrain", plan.steps(all.size()))) {
            double[] mean = {0, 0};
            trainer.run(
                    (done, steps, loss) -> {
                        bar.stepTo(done);
                        mean[0] = mean[0] * 0.98 + loss * 0.02;
                        mean[1] = mean[1] * 0.98 + 0.02;
                        bar.setExtraMessage("loss %.4f".formatted(mean[0] / mean[1]));
                        if (done % SAVE_EVERY == 0) {
                            save(trainer.checkpoint(), file);
                        }
                    },
                    () -> stop.asked() || System.nanoTime() - start > longest);
            Checkpoint done = trainer.checkpoint();
            save(done, file);
            if (mean[1] > 0) {
                console.printf(
                        Locale.ROOT, "%nstep %d loss %.4f%n", done.steps(), mean[0] / mean[1]);
            }
            return done;
        }
    }

    /** What a trunk must share with the training that starts from it. */
    static String identity(Corpus corpus, Backbone backbone) {
        return "fcmae %s %s %s".formatted(corpus.digest(), RecipeOptions.USUAL, backbone.name());
    }

    private static Checkpoint checked(Checkpoint read, String identity, Path file)
            throws CorpusException {
        if (!read.identity().equals(identity)) {
            throw new CorpusException(
                    "%s belongs to other data, recipe, backbone, epochs or seed; give another --out"
                            .formatted(file));
        }
        return read;
    }

    private static List<CellPixels> spread(List<CellPixels> cells) {
        List<CellPixels> spread = new ArrayList<>();
        int count = Math.min(DRAWN, cells.size());
        for (int i = 0; i < count; i++) {
            spread.add(cells.get((int) ((long) i * cells.size() / count)));
        }
        return spread;
    }

    private static void save(Checkpoint checkpoint, Path file) {
        try {
            checkpoint.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be written".formatted(file), e);
        }
    }
}
