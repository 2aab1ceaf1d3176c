// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

import java.util.List;

/** The enabled ones of some actions, to choose one by weight. Kept and filled again, for speed. */
public final class Choice {

    private Action[] enabled = new Action[64];
    private int count;
    private int total;

    public void clear() {
        count = 0;
        total = 0;
    }

    public void add(List<Action> actions) {
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            if (action.enabled().getAsBoolean()) {
                add(action);
            }
        }
    }

    private void add(Action action) {
        if (count == enabled.length) {
            enabled = java.util.Arrays.copyOf(enabled, 2 * count);
        }
        enabled[count++] = action;
        total += action.weight();
    }

    /** Sum of the weights. */
    public int total() {
        return total;
    }

    /**
     * @param point 0 to total - 1
     */
    public Action pick(int point) {
        int left = point;
        int i = 0;
        while (left >= enabled[i].weight()) {
            left -= enabled[i++].weight();
        }
        return enabled[i];
    }
}
