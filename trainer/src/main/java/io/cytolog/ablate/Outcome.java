// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import java.util.List;

/**
 * What one training came to.
 *
 * @param plan digest of everything that it followed from
 * @param findings ids, in the order of the numbers below
 * @param paths of the validation cells
 * @param groups of the validation cells
 * @param truth place of the true finding, by cell
 * @param given place of the finding given, by cell
 * @param trainingCells by finding
 * @param minutes that it took
 */
public record Outcome(
        String plan,
        String row,
        long seed,
        List<String> findings,
        List<String> paths,
        List<String> groups,
        List<Integer> truth,
        List<Integer> given,
        List<Integer> trainingCells,
        double minutes) {}
