// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.export.ExportException;
import io.cytolog.export.ReleaseExport;
import io.cytolog.export.ReleaseWeights;
import io.cytolog.fit.LibTorch;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MiniLmTextTower;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.io.IOException;
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

/** {@code cytolog calibrate}: the weights of a release, and all else set anew on labelled cells. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a release with the weights of another. Offsets and prototypes are set anew on the",
            "training cells of --data, thresholds and scale on its validation cells."
        })
final class CalibrateCommand implements Callable<Integer> {

    /** Of the two numbers that a release does not hold and its graphs do not need. */
    private static final long SEED = 1;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            required = true,
            description = "release folder to start from")
    private Path folder = Path.of("");

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
            description = "release folder to write")
    private Path out = Path.of("");

    @Option(
            names = "--orientations",
            paramLabel = "N",
            description =
                    "in how many orientations the new release looks at a cell: 1, 2, 4 or 8; "
                            + "default as the other does")
    private Optional<Integer> orientations = Optional.empty();

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
    public Integer call() throws IOException, UserFault {
        try {
            return calibrate();
        } catch (CorpusException | InvalidReleaseException | ExportException e) {
            throw new UserFault(e.getMessage());
        }
    }

    private int calibrate()
            throws IOException,
                    CorpusException,
                    InvalidReleaseException,
                    ExportException,
                    UserFault {
        Optional<Orientations> asked = asked();
        if (Files.exists(out)) {
            throw new UserFault("--out " + out + " exists already; give a new folder");
        }
        Release release = ReleaseReader.read(folder);
        Orientations looked = asked.orElseGet(() -> ReleaseWeights.orientations(release));
        Layout layout = Layout.of(backbone(release));
        float[] weights = ReleaseWeights.flat(release, layout, SEED);
        Corpus corpus = Corpus.read(data, false);
        PixelStore store = new PixelStore(release.manifest().recipe(), cache);
        List<CellPixels> training =
                CellReading.pixels("training cells", store, corpus, corpus.train());
        List<CellPixels> held =
                CellReading.pixels("validation cells", store, corpus, corpus.validation());
        CellReading.refuseCopies(corpus, cache);
        LibTorch.ready(threads);
        System.out.printf("orientations of a cell: %d%n", looked.count());
        ReleaseExport.Written written;
        try (MiniLmTextTower tower = TextStore.tower(threads);
                ProgressBar bar = new ProgressBar("encode", training.size() + held.size())) {
            written =
                    new ReleaseExport(
                                    layout,
                                    release.manifest().recipe(),
                                    looked,
                                    corpus,
                                    Wordings.shipped(),
                                    tower,
                                    new InferenceThreads(threads))
                            .write(
                                    out,
                                    weights,
                                    training,
                                    held,
                                    facts(release, corpus),
                                    bar::stepTo);
        }
        StartingPoint.carryHead(release, out);
        System.out.printf(
                Locale.ROOT,
                "release %s%nmacro-F1 %.4f, accuracy %.4f on %,d validation cells%n",
                ReleaseReader.read(out).id(),
                written.macroF1(),
                written.accuracy(),
                held.size());
        return 0;
    }

    private Optional<Orientations> asked() throws UserFault {
        try {
            return orientations.map(Orientations::new);
        } catch (IllegalArgumentException e) {
            throw new UserFault("--" + e.getMessage());
        }
    }

    private Backbone backbone(Release release) throws UserFault {
        return ReleaseWeights.backbone(release)
                .orElseThrow(
                        () ->
                                new UserFault(
                                        "--release %s is a %s, none of this trainer's networks; give a release of ./cytolog train"
                                                .formatted(folder, release.manifest().name())));
    }

    private static Map<String, String> facts(Release release, Corpus corpus)
            throws CorpusException {
        Map<String, String> facts = new HashMap<>(release.manifest().training());
        facts.put("calibrated from release", release.id().toString());
        facts.put("calibrated on training cells", Integer.toString(corpus.train().size()));
        facts.put("validation cells", Integer.toString(corpus.validation().size()));
        facts.put("calibration digest", corpus.digest());
        return facts;
    }
}
