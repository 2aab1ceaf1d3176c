// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.corpus.Cell;
import io.cytolog.embed.Embedding;
import io.cytolog.release.Release;
import java.util.List;
import java.util.Locale;

/**
 * How far two encoders agree under the bank of one release.
 *
 * @param candidates share of cells with the same candidate finding
 * @param answers share of cells with the same answer, abstentions included
 * @param meanCosine of a cell's two embeddings
 * @param worstCosine of a cell's two embeddings
 * @param macroF1 of the first encoder's candidates
 * @param otherMacroF1 of the second's
 */
public record Agreement(
        int cells,
        double candidates,
        double answers,
        double meanCosine,
        double worstCosine,
        double macroF1,
        double otherMacroF1) {

    /**
     * @param ones embeddings of the cells by the first encoder
     * @param others by the second
     */
    public static Agreement of(
            Release release, List<Cell> cells, List<Embedding> ones, List<Embedding> others) {
        List<String> findings =
                release.bank().scored().stream().map(finding -> finding.id()).toList();
        Confusion confusion = new Confusion(findings);
        Confusion otherConfusion = new Confusion(findings);
        int candidates = 0;
        int answers = 0;
        double sum = 0;
        double worst = 1;
        for (int i = 0; i < cells.size(); i++) {
            CellAnnotation one = release.matcher().annotate(ones.get(i));
            CellAnnotation other = release.matcher().annotate(others.get(i));
            candidates += one.candidate().equals(other.candidate()) ? 1 : 0;
            answers += one.findingId().equals(other.findingId()) ? 1 : 0;
            double cosine = ones.get(i).similarity(others.get(i));
            sum += cosine;
            worst = Math.min(worst, cosine);
            int truth = findings.indexOf(cells.get(i).finding());
            confusion.add(truth, findings.indexOf(one.candidate().id()));
            otherConfusion.add(truth, findings.indexOf(other.candidate().id()));
        }
        double all = cells.size();
        return new Agreement(
                cells.size(),
                candidates / all,
                answers / all,
                sum / all,
                worst,
                confusion.macroF1(),
                otherConfusion.macroF1());
    }

    /** One line for people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%,d cells: same candidate %.2f %%, same answer %.2f %%, cosine %.5f mean %.4f worst, macro-F1 %.3f and %.3f",
                cells,
                100 * candidates,
                100 * answers,
                meanCosine,
                worstCosine,
                macroF1,
                otherMacroF1);
    }
}
