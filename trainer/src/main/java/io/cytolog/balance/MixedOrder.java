// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/**
 * An order of real cells in which synthetic ones take some places, as many of each finding as was
 * decided for the epoch. What is decided for an epoch must be so before anyone asks for it; epochs
 * without a decision follow the last one. Safe for any thread.
 */
public final class MixedOrder implements EpochOrder {

    private final EpochOrder real;
    private final int[][] synthetic;
    private final long seed;
    private final ConcurrentSkipListMap<Integer, int[]> decided = new ConcurrentSkipListMap<>();

    /**
     * @param real of real cells, which have the first numbers
     * @param synthetic numbers of the synthetic cells by finding; none where there are none
     */
    public MixedOrder(EpochOrder real, int[][] synthetic, long seed) {
        this.real = real;
        this.synthetic = Arrays.stream(synthetic).map(int[]::clone).toArray(int[][]::new);
        this.seed = seed;
    }

    /** From that epoch on, so many synthetic cells of each finding. */
    public void decide(int epoch, int[] counts) {
        decided.put(epoch, counts.clone());
    }

    /** What was decided, by epoch. */
    public Map<Integer, int[]> decided() {
        return Map.copyOf(decided);
    }

    @Override
    public int size() {
        return real.size();
    }

    @Override
    public int[] epoch(int number) {
        int[] order = real.epoch(number).clone();
        Map.Entry<Integer, int[]> counts = decided.floorEntry(number);
        if (counts == null) {
            return order;
        }
        Random random = new Random(seed * 1_000_033L + number);
        int[] places = places(order.length, random);
        int next = 0;
        for (int f = 0; f < synthetic.length; f++) {
            int wanted = synthetic[f].length == 0 ? 0 : counts.getValue()[f];
            for (int i = 0; i < wanted && next < places.length; i++) {
                order[places[next++]] = synthetic[f][random.nextInt(synthetic[f].length)];
            }
        }
        return order;
    }

    private static int[] places(int count, Random random) {
        int[] places = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = places[i];
            places[i] = places[j];
            places[j] = kept;
        }
        return places;
    }
}
