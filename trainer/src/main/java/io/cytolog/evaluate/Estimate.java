// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.Locale;

/**
 * A figure with its 95 % interval; all NaN where the cells do not define it.
 *
 * @param value on the cells as they are
 * @param low 2.5 % quantile over draws of groups
 * @param high 97.5 % quantile
 */
public record Estimate(double value, double low, double high) {

    /** What no cell defines. */
    public static final Estimate UNDEFINED = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    public boolean defined() {
        return !Double.isNaN(value);
    }

    /** Three digits with the interval, or a dash. */
    public String text() {
        return defined()
                ? String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", value, low, high)
                : "–";
    }
}
