// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

/** IEEE 754 binary16, the precision that a release keeps its weights in. */
public final class HalfPrecision {

    private HalfPrecision() {}

    /** The nearest values that binary16 holds, as float. */
    public static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return rounded;
    }
}
