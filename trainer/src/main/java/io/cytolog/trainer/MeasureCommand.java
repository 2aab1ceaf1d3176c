// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import ai.onnxruntime.OrtException;
import io.cytolog.corpus.CorpusException;
import io.cytolog.export.OutlineGraph;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.LibTorch;
import io.cytolog.fit.OutlineTrainer;
import io.cytolog.fit.OutlinedPicture;
import io.cytolog.image.Recipe;
import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Quantity;
import io.cytolog.network.OutlineTower;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxMeasurementHead;
import io.cytolog.outline.KnownPicture;
import io.cytolog.outline.KnownPictures;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.MeasurementHead;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog measure}: a head that outlines and measures cells, checked and added. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a network that outlines cells on rendered ones with known outlines, checks what it",
            "measures on others, and writes a copy of a release that carries it.",
            "Writes check.md, outlines.png and release/; goes on with --resume."
        })
final class MeasureCommand implements Callable<Integer> {

    private static final int SAVE_EVERY = 50;
    private static final int STOPPED = 130;
    private static final int BATCH = 32;

    private static final String BOUNDS_NOTE = "rendered cells, not real ones";

    @Option(
            names = "--release",
            paramLabel = "DIR",
            required = true,
            description = "release folder to add a head to")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder for checkpoint and results")
    private Path out = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with manifest.csv: some of its real cells are drawn too")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "2000",
            description = "rendered ones to train on; default ${DEFAULT-VALUE}")
    private int pictures;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "30",
            description = "default ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    private boolean resume;

    private final StopSign stop = new StopSign();

    @Override
    public Integer call() throws IOException, UserFault {
        if (pictures < BATCH || epochs < 1) {
            throw new UserFault(
                    "--pictures=%d, --epochs=%d are out of bounds; give at least %d and 1"
                            .formatted(pictures, epochs, BATCH));
        }
        stop.install();
        try {
            return measure(ReleaseReader.read(folder));
        } catch (InvalidReleaseException | CorpusException e) {
            throw new UserFault(e.getMessage());
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime refuses the exported head: " + e.getMessage(), e);
        } finally {
            stop.ended();
        }
    }

    private int measure(Release release)
            throws IOException, OrtException, CorpusException, UserFault {
        if (release.measurementHead().isPresent()) {
            throw new UserFault(
                    "--release %s measures already; give one without".formatted(folder));
        }
        Files.createDirectories(out);
        LibTorch.ready(threads);
        Recipe recipe = release.manifest().recipe();
        if (recipe.inputSide() % 32 != 0) {
            throw new UserFault(
                    "--release %s takes %d pixels a side; a head needs a multiple of 32"
                            .formatted(folder, recipe.inputSide()));
        }
        KnownPictures known = new KnownPictures(recipe);
        Optional<float[]> trained = train(known, recipe);
        if (trained.isEmpty()) {
            System.out.println("stopped; the same command with --resume goes on");
            return STOPPED;
        }
        byte[] model = OutlineGraph.of(trained.get(), recipe.inputSide());
        int mapSide = recipe.inputSide() / OutlineTower.STRIDE;
        try (OnnxMeasurementHead head =
                OnnxMeasurementHead.open(
                        model, recipe.inputSide(), mapSide, BATCH, new InferenceThreads(threads))) {
            HeadReview review = new HeadReview(known, head::outline, mapSide, out);
            Map<Quantity, ErrorBounds.Bounds> bounds = review.check(System.out);
            review.draw(recipe, data);
            write(release, model, mapSide, bounds, head);
        }
        return 0;
    }

    private Optional<float[]> train(KnownPictures known, Recipe recipe)
            throws IOException, CorpusException {
        List<OutlinedPicture> shown;
        try (ProgressBar bar = new ProgressBar("render", pictures)) {
            shown =
                    known.mixed(0, pictures, bar::stepTo).stream()
                            .map(KnownPicture::picture)
                            .toList();
        }
        FitPlan plan = FitPlan.outlining(seed, epochs);
        String identity = "outline %s seed %d pictures %d".formatted(recipe, seed, pictures);
        Path file = out.resolve("outline-checkpoint.bin");
        Checkpoint from = OutlineTrainer.start(seed, identity);
        if (resume && Files.isRegularFile(file)) {
            from = Checkpoint.read(file);
            if (!from.identity().equals(identity)) {
                throw new CorpusException(
                        "%s belongs to another recipe, seed or number of pictures; give another --out"
                                .formatted(file));
            }
        }
        try (OutlineTrainer trainer = new OutlineTrainer(shown, plan, from);
                ProgressBar bar = new ProgressBar("train", plan.steps(shown.size()))) {
            trainer.run(
                    (done, steps, loss) -> {
                        bar.stepTo(done);
                        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", loss));
                        if (done % SAVE_EVERY == 0) {
                            save(trainer, file);
                        }
                    },
                    stop::asked);
            save(trainer, file);
            return trainer.finished()
                    ? Optional.of(trainer.checkpoint().average())
                    : Optional.empty();
        }
    }

    private static void save(OutlineTrainer trainer, Path file) {
        try {
            trainer.checkpoint().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be written".formatted(file), e);
        }
    }

    private void write(
            Release release,
            byte[] model,
            int mapSide,
            Map<Quantity, ErrorBounds.Bounds> bounds,
            OnnxMeasurementHead head)
            throws IOException {
        Map<String, ErrorBounds.Bounds> named = new HashMap<>();
        bounds.forEach((quantity, one) -> named.put(quantity.id(), one));
        List<MeasurementHead.Areas> golden =
                release.golden().pixels().stream().map(head::areas).toList();
        ReleaseId id =
                ReleaseWriter.write(
                        out.resolve("release"),
                        release,
                        new MeasurementHead(
                                ReleaseFiles.MEASUREMENT_MODEL,
                                mapSide,
                                BOUNDS_NOTE,
                                named,
                                golden),
                        model);
        System.out.printf(
                "release %s with a measurement head of %,d bytes; check.md and outlines.png in %s%n",
                id, model.length, out);
    }
}
