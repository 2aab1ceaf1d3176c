// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.CorpusException;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.image.PixelImage;
import io.cytolog.image.Recipe;
import io.cytolog.image.RecipeRunner;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.report.SampleSheet;
import io.cytolog.synthesis.SetDistance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Holds drawn cells against the training cells that they were learnt from. */
final class SyntheticReview {

    private static final int BATCH = 16;
    private static final int SHOWN = 6;
    private static final int LEAST = 5;

    private final List<String> findings;
    private final int[] classes;
    private final List<CellPixels> real;
    private final List<List<CellPixels>> drawn;

    /**
     * @param classes place of each training cell's finding
     * @param real training cells
     * @param drawn by finding
     */
    SyntheticReview(
            List<String> findings,
            int[] classes,
            List<CellPixels> real,
            List<List<CellPixels>> drawn) {
        this.findings = findings;
        this.classes = classes;
        this.real = real;
        this.drawn = drawn;
    }

    /** Writes the contact sheet, and with a release the figures. */
    void write(Path out, Optional<Path> release, int threads) throws IOException, CorpusException {
        List<List<CellPixels>> trained = new ArrayList<>();
        for (int f = 0; f < findings.size(); f++) {
            trained.add(ofClass(f));
        }
        SampleSheet.write(findings, trained, drawn, SHOWN, out.resolve("contact-sheet.png"));
        if (release.isPresent()) {
            try {
                String table = table(ReleaseReader.read(release.get()), trained, threads);
                Files.writeString(out.resolve("quality.md"), table);
                System.out.println(table);
            } catch (InvalidReleaseException e) {
                throw new CorpusException(e.getMessage());
            }
        }
    }

    private List<CellPixels> ofClass(int finding) {
        return IntStream.range(0, classes.length)
                .filter(i -> classes[i] == finding)
                .mapToObj(real::get)
                .toList();
    }

    private String table(Release release, List<List<CellPixels>> trained, int threads)
            throws InvalidReleaseException {
        StringBuilder text =
                new StringBuilder(
                        "| finding | real | drawn | FID | KID x 1000 | precision | recall | nearest training cell (real to real) | copies |\n"
                                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |\n");
        Recipe recipe = release.manifest().recipe();
        try (ImageEncoder encoder =
                OnnxImageEncoder.open(release, BATCH, new InferenceThreads(threads))) {
            for (int f = 0; f < findings.size(); f++) {
                if (trained.get(f).size() >= LEAST && drawn.get(f).size() >= LEAST) {
                    List<float[]> own = embeddings(encoder, trained.get(f), recipe);
                    text.append(
                            row(findings.get(f), own, embeddings(encoder, drawn.get(f), recipe)));
                }
            }
        }
        return text.append('\n')
                .append("In the embedding of release ")
                .append(release.id().brief())
                .append(
                        ". FID is biased where there are fewer than 256 cells; compare rows of one size only. *Copies*: share of drawn cells nearer to a training cell than 99 % of training cells are to another, about 0.01 where nothing was learnt by heart.\n")
                .toString();
    }

    private static String row(String finding, List<float[]> real, List<float[]> drawn) {
        SetDistance.Coverage coverage = SetDistance.coverage(real, drawn);
        SetDistance.Memory memory = SetDistance.memory(real, drawn);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.3f | %.2f | %.2f | %.2f | %.2f (%.2f) | %.2f |%n",
                finding,
                real.size(),
                drawn.size(),
                SetDistance.frechet(real, drawn),
                1000 * SetDistance.kernel(real, drawn),
                coverage.precision(),
                coverage.recall(),
                memory.generated(),
                memory.real(),
                memory.copies());
    }

    /** Both sets in the generator's resolution, brought to what the encoder takes alike. */
    private static List<float[]> embeddings(
            ImageEncoder encoder, List<CellPixels> cells, Recipe recipe) {
        List<float[]> rows = new ArrayList<>();
        for (int from = 0; from < cells.size(); from += encoder.maxBatch()) {
            List<CellPixels> part =
                    cells.subList(from, Math.min(cells.size(), from + encoder.maxBatch())).stream()
                            .map(cell -> made(cell, recipe))
                            .toList();
            encoder.encode(part).stream().map(Embedding::values).forEach(rows::add);
        }
        return rows;
    }

    private static CellPixels made(CellPixels cell, Recipe recipe) {
        try (BytePointer rgb = new BytePointer(cell.rgb());
                Mat view = new Mat(cell.side(), cell.side(), opencv_core.CV_8UC3, rgb)) {
            Mat bgr = new Mat();
            opencv_imgproc.cvtColor(view, bgr, opencv_imgproc.COLOR_RGB2BGR);
            try (PixelImage image = new PixelImage(bgr)) {
                Recipe whole = recipe.cropping(Math.max(recipe.cropSide(), cell.side()));
                return new RecipeRunner(whole).cellImage(image);
            }
        }
    }
}
