// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.util.List;

/**
 * What teachers say of the cells that are learnt from, which takes the place of a part of what
 * their labels say (distillation, Hinton et al. 2015, arXiv:1503.02531): a cell between two
 * findings, or one whose label is wrong, is not learnt as if it were a clear one. Immutable.
 *
 * @param shares probabilities of the findings, cell after cell, {@code [cells, findings]}
 * @param weight of the teachers in what a cell should come to, 0 to 1; the label has the rest
 */
public record Lessons(float[] shares, double weight) {

    /** Labels alone. */
    public static final Lessons NONE = new Lessons(new float[0], 0);

    public Lessons {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException(
                    "weight %s of the teachers is out of bounds; give 0 to 1".formatted(weight));
        }
    }

    /** What they say of these cells, row after row. */
    float[] of(List<Integer> cells, int findings) {
        float[] rows = new float[cells.size() * findings];
        for (int i = 0; i < cells.size(); i++) {
            System.arraycopy(shares, cells.get(i) * findings, rows, i * findings, findings);
        }
        return rows;
    }
}
