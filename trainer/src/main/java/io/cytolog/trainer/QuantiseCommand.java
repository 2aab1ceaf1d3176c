// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Agreement;
import io.cytolog.evaluate.Pace;
import io.cytolog.export.Int8Export;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.Int8Encoder;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseReader;
import io.cytolog.trainer.TrainerCommands.UserFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cytolog quantise}: a release with an 8-bit encoder, compared with its origin. */
@Command(
        name = "quantise",
        mixinStandardHelpOptions = true,
        description = "Makes a release with an 8-bit encoder and compares it with its origin.")
final class QuantiseCommand implements Callable<Integer> {

    private static final int BATCH = 32;
    private static final int CALIBRATION_CELLS = 256;
    private static final List<Integer> BATCHES = List.of(1, 8, BATCH);
    private static final List<Integer> THREADS = List.of(1, 2);

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
            description = "release folder to start from")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "release folder to write")
    private Path out = Path.of("");

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}/cytolog-evaluate",
            description = "folder that keeps the cells' pixels; default ${DEFAULT-VALUE}")
    private Path cache = Path.of("");

    @Override
    public Integer call() throws Exception {
        try {
            Release release = ReleaseReader.read(folder);
            if (Files.exists(out)) {
                throw new UserFault("--out " + out + " exists already; give a new folder");
            }
            Corpus corpus = Corpus.read(data, false);
            PixelStore store = new PixelStore(release.manifest().recipe(), cache);
            List<Cell> held = corpus.validation();
            List<CellPixels> pixels = CellReading.pixels("validation cells", store, corpus, held);
            byte[] plain = Files.readAllBytes(release.imageEncoder());
            byte[] int8 =
                    Int8Encoder.of(
                            plain,
                            release.manifest().recipe().inputSide(),
                            CellReading.pixels(
                                    "training cells", store, corpus, spread(corpus.train())),
                            new InferenceThreads(1));
            Agreement agreement =
                    Agreement.of(release, held, encoded(plain, pixels), encoded(int8, pixels));
            System.out.println(agreement.text());
            printPace(plain, int8, pixels.getFirst());
            try (ImageEncoder encoder = open(int8, pixels.getFirst().side(), 1)) {
                ReleaseId id = Int8Export.write(out, release, int8, encoder, agreement.text());
                System.out.println("release " + id + " written to " + out);
            }
            return 0;
        } catch (CorpusException | InvalidReleaseException e) {
            throw new UserFault(e.getMessage());
        }
    }

    /** Cells from all over the training set, so from every class and laboratory. */
    private static List<Cell> spread(List<Cell> cells) {
        List<Cell> spread = new ArrayList<>();
        int step = Math.max(1, cells.size() / CALIBRATION_CELLS);
        for (int i = 0; i < cells.size(); i += step) {
            spread.add(cells.get(i));
        }
        return spread;
    }

    private static ImageEncoder open(byte[] model, int side, int threads) throws Exception {
        return OnnxImageEncoder.open(model, side, BATCH, new InferenceThreads(threads));
    }

    private static List<Embedding> encoded(byte[] model, List<CellPixels> cells) throws Exception {
        List<Embedding> embeddings = new ArrayList<>(cells.size());
        try (ImageEncoder encoder = open(model, cells.getFirst().side(), 1)) {
            for (int from = 0; from < cells.size(); from += BATCH) {
                embeddings.addAll(
                        encoder.encode(cells.subList(from, Math.min(cells.size(), from + BATCH))));
            }
        }
        return embeddings;
    }

    private static void printPace(byte[] plain, byte[] int8, CellPixels cell) throws Exception {
        System.out.println("threads  batch  float cells/s  int8 cells/s");
        for (int threads : THREADS) {
            try (ImageEncoder one = open(plain, cell.side(), threads);
                    ImageEncoder other = open(int8, cell.side(), threads)) {
                for (int batch : BATCHES) {
                    System.out.printf(
                            "%7d  %5d  %13.0f  %12.0f%n",
                            threads, batch, Pace.of(one, cell, batch), Pace.of(other, cell, batch));
                }
            }
        }
    }
}
