// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.Finding;
import io.cytolog.corpus.Cell;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Labelled cells as a release sees them.
 *
 * @param pixels one a cell
 * @param embeddings one a cell, unit length
 * @param answered by cell, whether the release gives it a finding
 */
public record SeenCells(
        Release release,
        List<Cell> cells,
        List<CellPixels> pixels,
        List<float[]> embeddings,
        Scores scores,
        boolean[] answered) {

    /**
     * Runs the encoder over the cells.
     *
     * @param progress told the number of cells done
     * @throws IllegalArgumentException when a cell's finding is not in the release's bank
     */
    public static SeenCells of(
            Release release,
            ImageEncoder encoder,
            List<Cell> cells,
            List<CellPixels> pixels,
            IntConsumer progress) {
        List<String> findings = release.bank().scored().stream().map(Finding::id).toList();
        int[] truth = cells.stream().mapToInt(cell -> place(findings, cell)).toArray();
        List<Embedding> embeddings = embeddings(encoder, pixels, progress);
        boolean[] answered = new boolean[cells.size()];
        for (int i = 0; i < answered.length; i++) {
            answered[i] = !release.matcher().annotate(embeddings.get(i)).abstained();
        }
        List<float[]> rows = values(embeddings);
        Scores scores =
                Scores.of(
                        findings,
                        cells,
                        truth,
                        rows,
                        values(release.matcher().findingEmbeddings()),
                        release.matcher().verdict().calibration().offsets(release.bank().scored()),
                        values(release.matcher().prototypes()));
        return new SeenCells(release, cells, pixels, rows, scores, answered);
    }

    /** Whether a cell gets a wrong finding that goes out without a person having seen it. */
    boolean overlooked(int cell) {
        return answered[cell]
                && !scores.right(cell)
                && !release.bank().scored().get(scores.given()[cell]).reviewRequired();
    }

    /** Embeddings of any number of cells, in order. */
    static List<Embedding> embeddings(
            ImageEncoder encoder, List<CellPixels> pixels, IntConsumer progress) {
        List<Embedding> embeddings = new ArrayList<>(pixels.size());
        for (int from = 0; from < pixels.size(); from += encoder.maxBatch()) {
            int to = Math.min(pixels.size(), from + encoder.maxBatch());
            embeddings.addAll(encoder.encode(pixels.subList(from, to)));
            progress.accept(to);
        }
        return embeddings;
    }

    private static List<float[]> values(List<Embedding> embeddings) {
        return embeddings.stream().map(Embedding::values).toList();
    }

    private static int place(List<String> findings, Cell cell) {
        int place = findings.indexOf(cell.finding());
        if (place < 0) {
            throw new IllegalArgumentException(
                    "finding %s of %s is not in the release's bank; evaluate a release that has it"
                            .formatted(cell.finding(), cell.path()));
        }
        return place;
    }
}
