// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import java.time.Duration;
import java.util.Arrays;

/** Times from arrival to committed; of an endless feed the latest. Guarded by its owner. */
final class Latencies {

    /** Some 4 MB; a feed beyond it forgets its oldest. */
    private static final int MOST = 1 << 20;

    private int[] millis = new int[1024];
    private int count;
    private long added;

    void add(Duration latency) {
        if (count == millis.length && count < MOST) {
            millis = Arrays.copyOf(millis, 2 * count);
        }
        int at = (int) (added % MOST);
        millis[at] = Math.clamp(latency.toMillis(), 0, Integer.MAX_VALUE);
        added++;
        count = Math.min(count + 1, MOST);
    }

    /** The smallest latency that a share of the images did not exceed; 0 where there is none. */
    long percentileMillis(double share) {
        if (count == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * count) - 1];
    }
}
