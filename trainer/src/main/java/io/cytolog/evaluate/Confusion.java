// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.List;

/** Counts of true against given findings. Owned by one thread. */
public final class Confusion {

    private final List<String> findings;
    private final int[][] counts;

    public Confusion(List<String> findings) {
        this.findings = List.copyOf(findings);
        this.counts = new int[findings.size()][findings.size()];
    }

    public void add(int truth, int given) {
        counts[truth][given]++;
    }

    public List<String> findings() {
        return findings;
    }

    public int count(int truth, int given) {
        return counts[truth][given];
    }

    /** Cells of that finding. */
    public int cells(int truth) {
        int sum = 0;
        for (int count : counts[truth]) {
            sum += count;
        }
        return sum;
    }

    /** Cells given that finding. */
    public int given(int finding) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[finding];
        }
        return sum;
    }

    public double recall(int finding) {
        return ratio(counts[finding][finding], cells(finding));
    }

    public double precision(int finding) {
        return ratio(counts[finding][finding], given(finding));
    }

    /** Harmonic mean of precision and recall; 0 where neither is defined. */
    public double f1(int finding) {
        return ratio(2.0 * counts[finding][finding], cells(finding) + given(finding));
    }

    /** Mean F1 over the findings that have cells. */
    public double macroF1() {
        return mean(true);
    }

    /** Mean recall over the findings that have cells. */
    public double balancedAccuracy() {
        return mean(false);
    }

    public double accuracy() {
        double right = 0;
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            all += cells(i);
        }
        return ratio(right, all);
    }

    /** Cohen's kappa (1960): agreement beyond chance; NaN where only one finding occurs. */
    public double kappa() {
        double all = 0;
        double right = 0;
        double chance = 0;
        for (int i = 0; i < counts.length; i++) {
            all += cells(i);
            right += counts[i][i];
            chance += (double) cells(i) * given(i);
        }
        double expected = ratio(chance, all * all);
        return expected == 1 ? Double.NaN : (ratio(right, all) - expected) / (1 - expected);
    }

    private double mean(boolean f1) {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < counts.length; i++) {
            if (cells(i) > 0) {
                sum += f1 ? f1(i) : recall(i);
                present++;
            }
        }
        return ratio(sum, present);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
