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
 */
public record TrainingSet(
        Wordings wordings,
        List<Cell> cells,
        List<CellPixels> pixels,
        CellTexts texts,
        float[] textVectors,
        EpochOrder order,
        float[] weights) {

    public TrainingSet {
        cells = List.copyOf(cells);
        pixels = List.copyOf(pixels);
    }

    /** Cells that an epoch shows. */
    public int epochSize() {
        return order.size();
    }

    public int side() {
        return pixels.getFirst().side();
    }
}
