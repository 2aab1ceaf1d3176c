// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.ablate.Ablation;
import io.cytolog.ablate.AblationPlan;
import io.cytolog.ablate.AblationRow;
import io.cytolog.ablate.AblationTable;
import io.cytolog.ablate.Outcome;
import io.cytolog.ablate.OutcomeFile;
import io.cytolog.ablate.RunFolder;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.TextStore;
import io.cytolog.fit.LibTorch;
import io.cytolog.fit.Pretrained;
import io.cytolog.image.ImageBytes;
import io.cytolog.onnx.MiniLmTextTower;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog ablate}: trainings that differ in one thing, side by side. */
@Command(
        name = "ablate",
        mixinStandardHelpOptions = true,
        description = {
            "Trains each row of a plan with each of its seeds and compares them on the same cells.",
            "Goes on where it was stopped; started several times at once, the processes share the rows.",
            "Writes outcomes.jsonl and ablation.md."
        })
final class AblateCommand implements Callable<Integer> {

    private static final int STOPPED = 130;
    private static final String SYNTHETIC = "synthetic.jsonl";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with manifest.csv")
    private Path data = Path.of("");

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            required = true,
            description = "JSON file with the rows")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder for outcomes and caches")
    private Path out = Path.of("");

    @Option(
            names = "--synthetic",
            paramLabel = "DIR",
            description = "folder of ./cytolog generate, for rows with synthetic cells")
    private Optional<Path> synthetic = Optional.empty();

    @Option(
            names = "--pretrained",
            paramLabel = "FILE",
            description = "pretrained.bin of ./cytolog pretrain, for rows that start from it")
    private Optional<Path> pretrained = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private int threads;

    private final StopSign stop = new StopSign();

    @Override
    public Integer call() throws Exception {
        stop.install();
        try {
            return ablate();
        } catch (CorpusException | IllegalArgumentException e) {
            throw new UserFault(e.getMessage());
        } finally {
            stop.ended();
        }
    }

    private int ablate() throws IOException, CorpusException, UserFault {
        AblationPlan plan = plan();
        Files.createDirectories(out);
        LibTorch.ready(threads);
        OutcomeFile outcomes = new OutcomeFile(out.resolve("outcomes.jsonl"));
        try (MiniLmTextTower tower = TextStore.tower(threads)) {
            Corpus corpus = plan.cells(data);
            Ablation ablation =
                    new Ablation(out, plan, corpus, tower, ingredients(corpus), threads);
            for (Run run : runs(plan)) {
                if (!done(ablation, run, outcomes)) {
                    System.out.println("stopped; the same command goes on");
                    return STOPPED;
                }
                write(plan, ablation, outcomes);
            }
        }
        System.out.println(Files.readString(out.resolve("ablation.md")));
        return 0;
    }

    private record Run(AblationRow row, long seed) {}

    /** Every row with its first seed, then every row with its second: a table early on. */
    private static List<Run> runs(AblationPlan plan) {
        List<Run> runs = new ArrayList<>();
        int most = plan.rows().stream().mapToInt(r -> plan.seedsOf(r).size()).max().orElse(0);
        for (int place = 0; place < most; place++) {
            for (AblationRow row : plan.rows()) {
                List<Long> seeds = plan.seedsOf(row);
                if (place < seeds.size()) {
                    runs.add(new Run(row, seeds.get(place)));
                }
            }
        }
        return runs;
    }

    private Ablation.Ingredients ingredients(Corpus corpus) throws CorpusException, IOException {
        Optional<Pretrained> trunk = Optional.empty();
        if (pretrained.isPresent()) {
            StartingPoint start = new StartingPoint(pretrained.get());
            start.check(corpus);
            trunk = Optional.of(start.trunk());
        }
        return new Ablation.Ingredients(
                synthetic,
                synthetic.isPresent() ? digest(synthetic.get().resolve(SYNTHETIC)) : "",
                trunk,
                pretrained.isPresent() ? digest(pretrained.get()) : "");
    }

    private static String digest(Path file) throws CorpusException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new CorpusException(
                    "%s does not exist; give a folder of ./cytolog generate".formatted(file));
        }
        return ImageBytes.wrap(Files.readAllBytes(file)).sha256();
    }

    private AblationPlan plan() throws UserFault {
        try {
            return AblationPlan.read(file);
        } catch (IOException e) {
            throw new UserFault(e.getMessage());
        }
    }

    /** Trains a run that nobody has done or has in hand; false when told to stop. */
    private boolean done(Ablation ablation, Run run, OutcomeFile outcomes)
            throws IOException, CorpusException {
        if (outcomes.find(ablation.digest(run.row()), run.seed()).isPresent()) {
            return true;
        }
        Optional<RunFolder> taken = RunFolder.take(ablation.folder(run.row(), run.seed()));
        if (taken.isEmpty()) {
            return true;
        }
        try (RunFolder folder = taken.get()) {
            // Another process may have ended it meanwhile.
            if (outcomes.find(ablation.digest(run.row()), run.seed()).isPresent()) {
                return true;
            }
            if (!train(ablation, run.row(), run.seed(), folder, outcomes)) {
                return false;
            }
            folder.done();
            return true;
        }
    }

    private boolean train(
            Ablation ablation, AblationRow row, long seed, RunFolder folder, OutcomeFile outcomes)
            throws IOException, CorpusException {
        String name = "%s, seed %d".formatted(row.name(), seed);
        System.out.println(name);
        try (RunBar bar = new RunBar(name)) {
            Optional<Outcome> outcome = ablation.run(row, seed, folder, bar, stop::asked);
            if (outcome.isEmpty()) {
                return false;
            }
            outcomes.append(outcome.get());
            return true;
        }
    }

    private void write(AblationPlan plan, Ablation ablation, OutcomeFile file) throws IOException {
        List<Outcome> all = file.read();
        List<List<Outcome>> rows = new ArrayList<>();
        for (AblationRow row : plan.rows()) {
            String digest = ablation.digest(row);
            List<Long> seeds = plan.seedsOf(row);
            rows.add(
                    all.stream()
                            .filter(o -> o.plan().equals(digest) && seeds.contains(o.seed()))
                            .toList());
        }
        Files.writeString(out.resolve("ablation.md"), new AblationTable(plan, rows).text());
    }
}
