// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import io.cytolog.corpus.Cell;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is done about findings with few cells. */
public enum Balance {
    /** Nothing: cells as they come. */
    NONE(1, 1, false, 0),
    /** Strata drawn in proportion to the root of their size; what releases are trained with. */
    ROOT(0.5, 5, false, 0),
    /** All strata drawn alike, no cell above twenty times an epoch. */
    OVERSAMPLE(0, 20, false, 0),
    /** Cells as they come, the loss of a cell over the share of its finding, at most tenfold. */
    WEIGHTS(1, 1, true, 0),
    /** Cells as they come, a loss that looks away from what is easy (Lin et al. 2017). */
    FOCAL(1, 1, false, 2);

    private static final double MOST_WEIGHT = 10;

    private final double power;
    private final double mostDraws;
    private final boolean weighted;
    private final double focus;

    Balance(double power, double mostDraws, boolean weighted, double focus) {
        this.power = power;
        this.mostDraws = mostDraws;
        this.weighted = weighted;
        this.focus = focus;
    }

    /** What {@code name}, in small letters, stands for. */
    public static Balance of(String name) {
        return Arrays.stream(values())
                .filter(balance -> balance.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--balance '%s' is unknown; give one of %s"
                                                .formatted(name, labels())));
    }

    /** The name in small letters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which cells an epoch shows. */
    public BalancedOrder order(List<Cell> cells, long seed) {
        return new BalancedOrder(cells, seed, power, mostDraws);
    }

    /** Exponent of the focal loss; 0 leaves the cross-entropy as it is. */
    public double focus() {
        return focus;
    }

    /** Factor on the loss of each cell; their mean is 1. */
    public float[] weights(List<Cell> cells) {
        float[] weights = new float[cells.size()];
        Arrays.fill(weights, 1);
        if (!weighted) {
            return weights;
        }
        Map<String, Integer> sizes = new HashMap<>();
        cells.forEach(cell -> sizes.merge(cell.finding(), 1, Integer::sum));
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double share = (double) sizes.get(cells.get(i).finding()) / cells.size();
            weights[i] = (float) Math.min(MOST_WEIGHT, 1 / (share * sizes.size()));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) (weights.length / sum);
        }
        return weights;
    }

    private static String labels() {
        return Arrays.stream(values()).map(Balance::label).collect(Collectors.joining(", "));
    }
}
