// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.report.ReportWriter;
import io.cytolog.report.Summary;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog evaluate}: a release against labelled cells that it was not trained on. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Validates a release against a folder of labelled cells.",
            "Prints the main figures; with --report also a page, plots, contact sheets and JSON."
        })
final class EvaluateCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with manifest.csv")
    private Path data = Path.of("");

    @Option(
            names = "--release",
            paramLabel = "DIR",
            required = true,
            description = "release folder")
    private Path folder = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "val",
            description = "split of the manifest; default ${DEFAULT-VALUE}")
    private String split = "";

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "folder for the report; none by default")
    private Optional<Path> report = Optional.empty();

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
            Release release = ReleaseReader.read(folder);
            Corpus corpus = Corpus.read(data, false);
            try (EvaluationRun run = new EvaluationRun(release, corpus, split, cache, threads)) {
                System.out.println(Summary.text(run.evaluation()));
                if (report.isPresent()) {
                    write(report.get(), run, corpus);
                }
            }
            return 0;
        } catch (CorpusException | InvalidReleaseException | IllegalArgumentException e) {
            throw new UserFault(e.getMessage());
        }
    }

    private void write(Path out, EvaluationRun run, Corpus corpus) throws IOException {
        Release release = run.seen().release();
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put(
                "command",
                "./cytolog evaluate --release %s --data %s --split %s --report %s"
                        .formatted(folder, data, split, out));
        circumstances.put("date", LocalDate.now().toString());
        circumstances.put("manifest digest", corpus.digest());
        circumstances.put("release", release.id().toString());
        circumstances.put("recipe", release.manifest().recipe().toString());
        release.manifest()
                .training()
                .forEach((key, value) -> circumstances.put("training: " + key, value));
        new ReportWriter(out)
                .write(
                        run.evaluation(),
                        run.seen(),
                        release.matcher().verdict().calibration().statedRisk(),
                        run.encoder(),
                        circumstances);
        System.out.println("report " + out.resolve("index.html"));
    }
}
