// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.fit.LibTorch;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.Recipe;
import io.cytolog.synthesis.CellGenerator;
import io.cytolog.synthesis.GanCheckpoint;
import io.cytolog.synthesis.GanPlan;
import io.cytolog.synthesis.GanShape;
import io.cytolog.synthesis.GanTrainer;
import io.cytolog.synthesis.SyntheticFolder;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog generate}: a GAN learns training cells, then draws marked synthetic ones. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a GAN (R3GAN) on training cells, then draws synthetic ones, each marked in its file.",
            "Writes cells/, synthetic.jsonl, quality.md and contact-sheet.png; goes on with --resume."
        })
final class GenerateCommand implements Callable<Integer> {

    private static final int SAVE_EVERY = 100;
    private static final int STOPPED = 130;
    private static final int LEAST_CELLS = 8;

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
            description = "folder for checkpoint and cells")
    private Path out = Path.of("");

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "release folder whose encoder tells how good the cells are")
    private Optional<Path> release = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "8000",
            description = "default ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            description = "stop and keep a checkpoint after so many minutes; --resume goes on")
    private Optional<Double> minutes = Optional.empty();

    @Option(
            names = "--cells-per-class",
            paramLabel = "N",
            defaultValue = "200",
            description = "cells to draw; default ${DEFAULT-VALUE}")
    private int cellsPerClass;

    @Option(
            names = "--penalty",
            paramLabel = "WEIGHT",
            defaultValue = "1",
            description =
                    "factor (gamma) on the gradient penalties, which fall to a tenth; default ${DEFAULT-VALUE}")
    private double penalty;

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

    private final StopSign stop = new StopSign();

    @Override
    public Integer call() throws IOException, UserFault {
        stop.install();
        try {
            return generate();
        } catch (CorpusException | IllegalArgumentException e) {
            throw new UserFault(e.getMessage());
        } finally {
            stop.ended();
        }
    }

    private int generate() throws IOException, CorpusException {
        Files.createDirectories(out);
        LibTorch.ready(threads);
        Corpus corpus = Corpus.read(data, coreOnly);
        List<String> findings = findings(corpus.train());
        List<Cell> cells =
                corpus.train().stream().filter(c -> findings.contains(c.finding())).toList();
        GanShape shape = GanShape.standard(findings.size());
        // Neither contrast nor stain: the recipe of whoever trains on the cells does that.
        Recipe recipe = new Recipe(shape.side(), 288, 1.6, 0, 1);
        List<CellPixels> pixels =
                CellReading.pixels(
                        "training cells",
                        new PixelStore(recipe, out.resolve("cache")),
                        corpus,
                        cells);
        int[] classes = cells.stream().mapToInt(c -> findings.indexOf(c.finding())).toArray();
        System.out.printf(
                Locale.ROOT, "%,d training cells of %d findings%n", cells.size(), findings.size());
        String identity =
                "gan 4 %s %s %s seed %d steps %d penalty %s"
                        .formatted(corpus.digest(), findings, recipe, seed, steps, penalty);
        if (!train(shape, pixels, classes, identity)) {
            System.out.println("stopped; the same command with --resume goes on");
            return STOPPED;
        }
        draw(shape, findings, classes, pixels);
        return 0;
    }

    /** Findings with enough cells to learn, those with the fewest first. */
    private static List<String> findings(List<Cell> cells) {
        TreeMap<String, Integer> sizes = new TreeMap<>();
        cells.forEach(cell -> sizes.merge(cell.finding(), 1, Integer::sum));
        List<String> findings =
                sizes.keySet().stream().filter(f -> sizes.get(f) >= LEAST_CELLS).toList();
        if (findings.isEmpty()) {
            throw new IllegalArgumentException(
                    "no finding has %d training cells; give more data".formatted(LEAST_CELLS));
        }
        return findings;
    }

    private boolean train(GanShape shape, List<CellPixels> pixels, int[] classes, String identity)
            throws IOException, CorpusException {
        Path file = out.resolve("gan.bin");
        GanPlan plan = GanPlan.standard(seed, steps).penalised(penalty);
        long deadline =
                minutes.map(m -> System.nanoTime() + (long) (m * 6e10)).orElse(Long.MAX_VALUE);
        try (GanTrainer trainer =
                        new GanTrainer(shape, plan, pixels, classes, start(shape, file, identity));
                ProgressBar bar = new ProgressBar("generate", steps)) {
            trainer.run(
                    (done, loss, right, variety) -> {
                        bar.stepTo(done);
                        bar.setExtraMessage(
                                String.format(
                                        Locale.ROOT,
                                        "loss %.2f right %.2f vary %.2f",
                                        loss,
                                        right,
                                        variety));
                        if (done % SAVE_EVERY == 0) {
                            save(trainer, identity, file);
                        }
                    },
                    () -> stop.asked() || System.nanoTime() > deadline);
            save(trainer, identity, file);
            return trainer.finished();
        }
    }

    private GanCheckpoint start(GanShape shape, Path file, String identity)
            throws IOException, CorpusException {
        if (!resume || !Files.isRegularFile(file)) {
            return GanCheckpoint.fresh(shape, seed, identity);
        }
        GanCheckpoint checkpoint = GanCheckpoint.read(file, shape);
        if (!checkpoint.identity().equals(identity)) {
            throw new CorpusException(
                    "%s belongs to other data, seed or steps; give another --out".formatted(file));
        }
        return checkpoint;
    }

    private static void save(GanTrainer trainer, String identity, Path file) {
        try {
            trainer.checkpoint(identity).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be written".formatted(file), e);
        }
    }

    private void draw(GanShape shape, List<String> findings, int[] classes, List<CellPixels> pixels)
            throws IOException, CorpusException {
        GanCheckpoint done = GanCheckpoint.read(out.resolve("gan.bin"), shape);
        float[] weights = done.averageGenerator();
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES);
        bytes.asFloatBuffer().put(weights);
        String digest = ImageBytes.wrap(bytes.array()).sha256();
        SyntheticFolder.clear(out);
        List<List<CellPixels>> drawn = new ArrayList<>();
        try (CellGenerator generator = new CellGenerator(shape, weights);
                ProgressBar bar = new ProgressBar("draw", findings.size())) {
            for (int f = 0; f < findings.size(); f++) {
                drawn.add(generator.draw(f, cellsPerClass, seed));
                SyntheticFolder.write(out, findings.get(f), drawn.get(f), digest, seed);
                bar.stepTo(f + 1);
            }
        }
        new SyntheticReview(findings, classes, pixels, drawn).write(out, release, threads);
        System.out.println("cells, quality.md and contact-sheet.png in " + out);
    }
}
