// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

import java.util.Arrays;

/** The actions that are enabled, to choose one by weight. Kept and filled again, for speed. */
public final class Choice {

    private Action[] enabled = new Action[32];
    private int count;
    private int total;

    public void clear() {
        count = 0;
        total = 0;
    }

    /** Adds an action if it may happen now. */
    public void offer(boolean enabledNow, Action action) {
        if (enabledNow) {
            if (count == enabled.length) {
                enabled = Arrays.copyOf(enabled, 2 * count);
            }
            enabled[count++] = action;
            total += action.weight();
        }
    }

    /** Sum of the weights. */
    public int total() {
        return total;
    }

    /**
     * The action at a point of all weights laid end to end.
     *
     * @param point 0 to total - 1
     */
    public Action at(int point) {
        int left = point;
        int i = 0;
        while (left >= enabled[i].weight()) {
            left -= enabled[i++].weight();
        }
        return enabled[i];
    }
}
