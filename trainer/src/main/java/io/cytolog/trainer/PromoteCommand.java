// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.promote.PromotionPlan;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseReader;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog promote}: whether a new release may stand beside the one that serves. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Holds a new release against the one that serves, on the same cells, by a plan of demands.",
            "Says which line is not met (exit code 3), or how to announce the release as shadow (0)."
        })
final class PromoteCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with manifest.csv")
    private Path data = Path.of("");

    @Option(
            names = "--serving",
            paramLabel = "DIR",
            required = true,
            description = "release folder that serves")
    private Path serving = Path.of("");

    @Option(
            names = "--candidate",
            paramLabel = "DIR",
            required = true,
            description = "release folder that is new")
    private Path candidate = Path.of("");

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            required = true,
            description = "JSON file of demands")
    private Path file = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "val",
            description = "split of the manifest; default ${DEFAULT-VALUE}")
    private String split = "";

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}/cytolog-evaluate",
            description = "folder that keeps the cells' pixels; default ${DEFAULT-VALUE}")
    private Path cache = Path.of("");

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private int threads;

    @Override
    public Integer call() throws Exception {
        try {
            PromotionPlan plan = PromotionPlan.read(file);
            Corpus corpus = Corpus.read(data, false);
            return new Promotion(corpus, split, cache, threads)
                    .judge(
                            plan,
                            ReleaseReader.read(serving),
                            ReleaseReader.read(candidate),
                            System.out);
        } catch (CorpusException
                | InvalidReleaseException
                | IOException
                | IllegalArgumentException e) {
            throw new UserFault(e.getMessage());
        }
    }
}
