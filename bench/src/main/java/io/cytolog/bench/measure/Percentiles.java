// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import java.util.Arrays;

/** Times in order. Immutable. */
final class Percentiles {

    private final long[] sorted;

    Percentiles(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The smallest time that a share of all did not exceed, in milliseconds; NaN of none. */
    double millis(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)] / 1e6;
    }
}
