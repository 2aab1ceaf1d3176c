// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import io.cytolog.corpus.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Training groups that are kept out of training to steer it by, so that validation cells need not.
 *
 * @param kept places of the cells that are still trained on
 * @param held places of the cells to look at
 */
public record InnerHoldOut(int[] kept, int[] held) {

    /** Holds out whole groups, in a random order, until a share of the cells is held. */
    public static InnerHoldOut of(List<Cell> training, double share, long seed) {
        List<String> groups =
                new ArrayList<>(new LinkedHashSet<>(training.stream().map(Cell::group).toList()));
        Collections.shuffle(groups, new Random(seed));
        Set<String> chosen = new HashSet<>();
        int held = 0;
        for (String group : groups) {
            int size = (int) training.stream().filter(c -> c.group().equals(group)).count();
            // A group that alone is most of the data would leave nothing to learn from.
            if (held < share * training.size() && held + size <= 2 * share * training.size()) {
                chosen.add(group);
                held += size;
            }
        }
        return new InnerHoldOut(places(training, chosen, false), places(training, chosen, true));
    }

    private static int[] places(List<Cell> cells, Set<String> chosen, boolean held) {
        return IntStream.range(0, cells.size())
                .filter(i -> chosen.contains(cells.get(i).group()) == held)
                .toArray();
    }
}
