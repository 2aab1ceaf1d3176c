// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import io.cytolog.corpus.Cell;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which cells an epoch shows. A stratum, the cells of one finding in one collection, is drawn in
 * proportion to a power of its size, by default the root, so that neither common classes nor one
 * laboratory's share of a class crowd out the rest; a cap keeps few cells from being learnt by
 * heart. Immutable.
 */
public final class BalancedOrder implements EpochOrder {

    private static final double ROOT = 0.5;
    private static final double MOST_DRAWS = 5;

    private final double[] draws;
    private final long seed;

    /** Strata in proportion to the root of their size, no cell above five draws. */
    public BalancedOrder(List<Cell> cells, long seed) {
        this(cells, seed, ROOT, MOST_DRAWS);
    }

    /**
     * @param power of a stratum's size that it is drawn in proportion to: 1 as it is, 0 all strata
     *     alike
     * @param mostDraws most expected draws of a cell in an epoch
     */
    BalancedOrder(List<Cell> cells, long seed, double power, double mostDraws) {
        this.draws = draws(cells, power, mostDraws);
        this.seed = seed;
    }

    @Override
    public int size() {
        return draws.length;
    }

    /** Expected draws of every cell in an epoch. */
    public double[] draws() {
        return draws.clone();
    }

    /** Expected draws of a cell in an epoch. */
    public double draws(int cell) {
        return draws[cell];
    }

    /** As many as there are cells, some twice, some not. */
    @Override
    public int[] epoch(int number) {
        Random random = new Random(seed * 1_000_003L + number);
        int[] shuffled = new int[draws.length];
        Arrays.setAll(shuffled, i -> i);
        shuffle(shuffled, random);
        int[] order = new int[draws.length];
        double next = random.nextDouble();
        double reached = 0;
        int filled = 0;
        for (int cell : shuffled) {
            reached += draws[cell];
            while (next < reached && filled < order.length) {
                order[filled++] = cell;
                next++;
            }
        }
        while (filled < order.length) {
            order[filled++] = shuffled[0];
        }
        shuffle(order, random);
        return order;
    }

    private static double[] draws(List<Cell> cells, double power, double mostDraws) {
        Map<String, Integer> sizes = new HashMap<>();
        cells.forEach(cell -> sizes.merge(stratum(cell), 1, Integer::sum));
        double[] draws = new double[cells.size()];
        Arrays.setAll(draws, i -> Math.pow(sizes.get(stratum(cells.get(i))), power - 1));
        for (int round = 0; round < 20; round++) {
            double scale = draws.length / Arrays.stream(draws).sum();
            Arrays.setAll(draws, i -> Math.min(mostDraws, draws[i] * scale));
        }
        return draws;
    }

    private static String stratum(Cell cell) {
        return cell.collection() + "/" + cell.finding();
    }

    private static void shuffle(int[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
