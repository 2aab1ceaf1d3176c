// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A few embeddings that leave none of many far from one of them: greedy k-centre (Gonzalez 1985),
 * as PatchCore takes it for telling the unusual (Roth et al. 2022, arXiv:2106.08265). Stateless.
 */
public final class Coreset {

    private Coreset() {}

    /**
     * Begins with the first row, then takes, again and again, the row that is least similar to all
     * taken ones.
     *
     * @param rows unit length
     * @param most how many at most
     * @return in the order in which they were taken; all rows where there are no more than that
     */
    public static List<float[]> of(List<float[]> rows, int most) {
        List<float[]> taken = new ArrayList<>();
        double[] nearest = new double[rows.size()];
        Arrays.fill(nearest, -2);
        int next = 0;
        while (taken.size() < Math.min(most, rows.size())) {
            float[] chosen = rows.get(next);
            taken.add(chosen);
            nearest[next] = Double.POSITIVE_INFINITY;
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = Math.max(nearest[i], Prototypes.dot(rows.get(i), chosen));
                next = nearest[i] < nearest[next] ? i : next;
            }
        }
        return taken;
    }
}
