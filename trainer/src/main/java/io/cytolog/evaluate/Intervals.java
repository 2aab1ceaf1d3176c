// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.corpus.Cell;
import java.util.List;

/** 95 % intervals of validation figures. */
public final class Intervals {

    private static final double Z = 1.959964;
    private static final int DRAWS = 1000;

    private Intervals() {}

    /** Lower and upper bound of a share. */
    public record Interval(double low, double high) {}

    /** Wilson's score interval (Wilson 1927); 0 to 1 where nothing was counted. */
    public static Interval wilson(int part, int whole) {
        if (whole == 0) {
            return new Interval(0, 1);
        }
        double share = (double) part / whole;
        double square = Z * Z / whole;
        double centre = (share + square / 2) / (1 + square);
        double half =
                Z * Math.sqrt(share * (1 - share) / whole + square / (4.0 * whole)) / (1 + square);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Macro-F1 over draws of whole groups, so that cells of one stain batch go together. */
    public static Interval macroF1ByGroup(
            List<String> findings, List<Cell> cells, int[] truth, int[] given, long seed) {
        Estimate estimate =
                new GroupBootstrap(cells, DRAWS, seed)
                        .estimate(
                                places -> {
                                    Confusion confusion = new Confusion(findings);
                                    for (int i : places) {
                                        confusion.add(truth[i], given[i]);
                                    }
                                    return confusion.macroF1();
                                });
        return new Interval(estimate.low(), estimate.high());
    }
}
