// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

import java.util.Arrays;

/**
 * How much of an epoch each finding gets in synthetic cells, decided from how well it is recognised
 * rather than from how many cells it has: most where recall is lowest, nothing where it is high,
 * never more in all than a cap, never more of one finding than a multiple of its real cells
 * (adaptive class balance, ACDB). The recall must come from cells held out of training within its
 * own groups: validation cells that steer training would no longer validate it. Owned by one
 * thread.
 */
public final class AdaptiveBalance {

    /** How much of the recall so far stays when a new one comes. */
    private static final double KEPT = 0.6;

    /** Recall above which a finding gets nothing. */
    private static final double GOOD = 0.9;

    /** Mean lack of recall at which the whole cap is used. */
    private static final double WHOLE_CAP = 0.3;

    private static final double ROUNDING = 1e-6;

    private final double cap;
    private final double multiple;
    private final double[] recall;
    private boolean seen;

    /**
     * @param cap largest share of an epoch that is synthetic, 0 to 0.5
     * @param multiple most synthetic cells of a finding in an epoch for each real one
     */
    public AdaptiveBalance(int findings, double cap, double multiple) {
        if (!(cap >= 0 && cap <= 0.5) || multiple < 0) {
            throw new IllegalArgumentException(
                    "cap=%s, multiple=%s are out of bounds; give 0 to 0.5 and at least 0"
                            .formatted(cap, multiple));
        }
        this.cap = cap;
        this.multiple = multiple;
        this.recall = new double[findings];
    }

    /**
     * Takes a new recall by finding; NaN where the held-out cells have none of it, which leaves
     * what was known.
     */
    public void saw(double[] now) {
        for (int f = 0; f < recall.length; f++) {
            if (!Double.isNaN(now[f])) {
                recall[f] = seen ? KEPT * recall[f] + (1 - KEPT) * now[f] : now[f];
            } else if (!seen) {
                recall[f] = GOOD;
            }
        }
        seen = true;
    }

    /** Goes on with a running recall of before. */
    public void restore(double[] before) {
        System.arraycopy(before, 0, recall, 0, recall.length);
        seen = true;
    }

    /** The running recall by finding. */
    public double[] recall() {
        return recall.clone();
    }

    /**
     * Synthetic cells by finding for the next epoch; none before a recall was seen.
     *
     * @param realCells training cells by finding
     */
    public int[] synthetic(int[] realCells) {
        int epoch = Arrays.stream(realCells).sum();
        double[] lack = new double[recall.length];
        int present = 0;
        for (int f = 0; f < lack.length; f++) {
            lack[f] = seen && realCells[f] > 0 ? Math.max(0, GOOD - recall[f]) : 0;
            present += realCells[f] > 0 ? 1 : 0;
        }
        double all = Arrays.stream(lack).sum();
        int[] counts = new int[lack.length];
        if (all == 0) {
            return counts;
        }
        double budget = cap * epoch * Math.min(1, all / present / WHOLE_CAP);
        for (int f = 0; f < counts.length; f++) {
            double wanted = Math.min(multiple * realCells[f], budget * lack[f] / all);
            counts[f] = (int) Math.floor(wanted + ROUNDING);
        }
        return counts;
    }
}
