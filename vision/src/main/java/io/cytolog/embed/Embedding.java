// Licensed under the Apache License, Version 2.0.
package io.cytolog.embed;

/** A unit-length vector in the space that images and sentences share. Immutable. */
public final class Embedding {

    private static final double LENGTH_TOLERANCE = 1e-3;

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** Takes a vector that is already of unit length, within 0.001. */
    public static Embedding ofUnit(float[] values) {
        double length = length(values);
        if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "an embedding has length %s, not 1".formatted(length));
        }
        return new Embedding(values.clone());
    }

    /** Scales any vector but zero to unit length. */
    public static Embedding normalised(float[] values) {
        double length = length(values);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException(
                    "a vector of length " + length + " has no direction");
        }
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / length);
        }
        return new Embedding(unit);
    }

    public int dimensions() {
        return values.length;
    }

    /** A copy of the values. */
    public float[] values() {
        return values.clone();
    }

    /** Cosine similarity, -1 to 1. */
    public double similarity(Embedding other) {
        float[] a = values;
        float[] b = other.values;
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "embeddings of %d and %d dimensions".formatted(a.length, b.length));
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Override
    public String toString() {
        return "Embedding[" + values.length + "]";
    }
}
