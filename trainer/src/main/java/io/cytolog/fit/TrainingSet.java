// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.balance.EpochOrder;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Wordings;
import io.cytolog.image.CellPixels;
import java.util.List;

/**
 * Everything a step draws from. Immutable.
 *
 * @param pixels one a cell
 * @param textVectors the frozen tower's vectors of {@code texts.texts()}, row after row
 * @param weights factor on a cell's loss of findings, one a cell
 * @param lessons of teachers about the cells
 * @param outliers shown beside the cells
 */
public record TrainingSet(
        Wordings wordings,
        List<Cell> cells,
        List<CellPixels> pixels,
        CellTexts texts,
        float[] textVectors,
        EpochOrder order,
        float[] weights,
        Lessons lessons,
        Outliers outliers) {

    public TrainingSet {
        cells = List.copyOf(cells);
        pixels = List.copyOf(pixels);
        long taught = (long) cells.size() * wordings.findings().size();
        if (lessons.weight() > 0 && lessons.shares().length != taught) {
            throw new IllegalArgumentException(
                    "teachers give %d shares for %d cells of %d findings"
                            .formatted(
                                    lessons.shares().length,
                                    cells.size(),
                                    wordings.findings().size()));
        }
    }

    /** Cells that an epoch shows. */
    public int epochSize() {
        return order.size();
    }

    public int side() {
        return pixels.getFirst().side();
    }
}
