// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.evaluate.ReleaseFigures;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog evaluate}: a release against labelled validation cells. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Validates a release against a folder of labelled cells.")
final class EvaluateCommand implements Callable<Integer> {

    private static final int BATCH = 16;

    @Option(names = "--data", required = true, description = "folder with manifest.csv")
    private Path data = Path.of("");

    @Option(names = "--release", required = true, description = "release folder")
    private Path folder = Path.of("");

    @Option(
            names = "--cache",
            defaultValue = "${sys:java.io.tmpdir}/cytolog-evaluate",
            description = "folder that keeps the cells' pixels; default ${DEFAULT-VALUE}")
    private Path cache = Path.of("");

    @Option(names = "--threads", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private int threads;

    @Override
    public Integer call() throws Exception {
        try {
            Release release = ReleaseReader.read(folder);
            Corpus corpus = Corpus.read(data, false);
            List<Cell> cells = corpus.validation();
            PixelStore store = new PixelStore(release.manifest().recipe(), cache);
            List<CellPixels> pixels = store.pixels(corpus, cells, done -> {});
            try (OnnxImageEncoder encoder =
                    OnnxImageEncoder.open(release, BATCH, new InferenceThreads(threads))) {
                System.out.println(ReleaseFigures.markdown(release, encoder, cells, pixels));
            }
            return 0;
        } catch (CorpusException | InvalidReleaseException e) {
            throw new UserFault(e.getMessage());
        }
    }
}
