// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.corpus.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals over draws of whole groups with replacement (Efron and Tibshirani 1993;
 * clusters as in Field and Welsh 2007), so that cells of one stain batch or patient go together.
 * All figures are taken over the same draws. Immutable.
 */
public final class GroupBootstrap {

    private static final double TAIL = 0.025;

    private final int[] all;
    private final int[][] draws;

    public GroupBootstrap(List<Cell> cells, int count, long seed) {
        this.all = IntStream.range(0, cells.size()).toArray();
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            groups.computeIfAbsent(cells.get(i).group(), key -> new ArrayList<>()).add(i);
        }
        List<int[]> members =
                groups.values().stream()
                        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                        .toList();
        Random random = new Random(seed);
        this.draws = new int[count][];
        for (int draw = 0; draw < count; draw++) {
            draws[draw] =
                    IntStream.range(0, members.size())
                            .mapToObj(g -> members.get(random.nextInt(members.size())))
                            .flatMapToInt(Arrays::stream)
                            .toArray();
        }
    }

    /**
     * A figure with its interval. Draws in which it is not defined (NaN) are left out; where that
     * is more than half of them, so is the figure.
     *
     * @param figure of cells given by their places, some of them more than once
     */
    public Estimate estimate(ToDoubleFunction<int[]> figure) {
        double value = figure.applyAsDouble(all);
        double[] drawn =
                Arrays.stream(draws)
                        .parallel()
                        .mapToDouble(figure)
                        .filter(v -> !Double.isNaN(v))
                        .sorted()
                        .toArray();
        if (Double.isNaN(value) || drawn.length * 2 < draws.length) {
            return Estimate.UNDEFINED;
        }
        return new Estimate(value, quantile(drawn, TAIL), quantile(drawn, 1 - TAIL));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
