// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Finding;
import io.cytolog.corpus.Cell;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Intervals.Interval;
import io.cytolog.image.CellPixels;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.List;

/** What a release, as it serves, makes of labelled cells. Owned by one thread. */
public final class ReleaseFigures {

    private final List<String> findings;
    private final Confusion confusion;
    private int answered;
    private int wrong;

    private ReleaseFigures(Release release) {
        this.findings = release.bank().scored().stream().map(Finding::id).toList();
        this.confusion = new Confusion(findings);
    }

    /** Figures as Markdown. */
    public static String markdown(
            Release release, ImageEncoder encoder, List<Cell> cells, List<CellPixels> pixels) {
        ReleaseFigures figures = new ReleaseFigures(release);
        for (int from = 0; from < cells.size(); from += encoder.maxBatch()) {
            int to = Math.min(cells.size(), from + encoder.maxBatch());
            var embeddings = encoder.encode(new ArrayList<>(pixels.subList(from, to)));
            for (int i = from; i < to; i++) {
                figures.add(cells.get(i), release.matcher().annotate(embeddings.get(i - from)));
            }
        }
        return figures.text(release);
    }

    private void add(Cell cell, CellAnnotation said) {
        int truth = findings.indexOf(cell.finding());
        if (truth < 0) {
            throw new IllegalArgumentException(
                    "finding %s of %s is not in the release's bank"
                            .formatted(cell.finding(), cell.path()));
        }
        confusion.add(truth, findings.indexOf(said.candidate().id()));
        if (!said.abstained()) {
            answered++;
            wrong += said.findingId().equals(cell.finding()) ? 0 : 1;
        }
    }

    private String text(Release release) {
        int cells = 0;
        StringBuilder rows = new StringBuilder();
        for (int f = 0; f < findings.size(); f++) {
            cells += confusion.cells(f);
            rows.append(
                    "| %s | %d | %.3f | %.3f | %.3f |\n"
                            .formatted(
                                    findings.get(f),
                                    confusion.cells(f),
                                    confusion.precision(f),
                                    confusion.recall(f),
                                    confusion.f1(f)));
        }
        Interval risk = Intervals.wilson(wrong, answered);
        return """
        Release %s on %,d cells: macro-F1 %.3f, balanced accuracy %.3f, accuracy %.3f.
        Answered %d, of which %d wrong (%.3f to %.3f).

        | finding | n | precision | recall | F1 |
        | --- | ---: | ---: | ---: | ---: |
        %s"""
                .formatted(
                        release.id().brief(),
                        cells,
                        confusion.macroF1(),
                        confusion.balancedAccuracy(),
                        confusion.accuracy(),
                        answered,
                        wrong,
                        risk.low(),
                        risk.high(),
                        rows);
    }
}
