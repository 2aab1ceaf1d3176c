// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.Arrays;

/**
 * One named block of the flat weight vector.
 *
 * @param offset first element in the flat vector
 * @param start how it is filled before training
 * @param decays whether weight decay pulls on it
 */
public record Parameter(String name, int[] shape, long offset, Start start, boolean decays) {

    /** How a parameter is filled before training. */
    public enum Start {
        /** Normal, deviation 0.02, cut at two deviations. */
        NORMAL,
        /** Normal, deviation 1 over the root of the fan-in. */
        FAN_IN,
        ONE,
        ZERO,
        /** -4: a gate of sigmoid shape lets 2 % through. */
        GATE,
        /** Logarithm of the first logit scale, 1 / 0.07 (Radford et al. 2021, CLIP). */
        LOGIT_SCALE,
        LOGIT_BIAS
    }

    public long size() {
        return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** Elements that one output element sums over. */
    public long fanIn() {
        return size() / shape[0];
    }
}
