// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.corpus.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            groups.computeIfAbsent(cells.get(i).group(), key -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> all = new ArrayList<>(groups.values());
        Random random = new Random(seed);
        double[] figures = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            Confusion confusion = new Confusion(findings);
            for (int g = 0; g < all.size(); g++) {
                for (int i : all.get(random.nextInt(all.size()))) {
                    confusion.add(truth[i], given[i]);
                }
            }
            figures[draw] = confusion.macroF1();
        }
        Arrays.sort(figures);
        return new Interval(figures[DRAWS * 25 / 1000], figures[DRAWS * 975 / 1000 - 1]);
    }
}
