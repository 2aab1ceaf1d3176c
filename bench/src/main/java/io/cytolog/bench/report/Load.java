// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

/**
 * What a row did under a steady load.
 *
 * @param label 50%, 90% or common
 * @param perSecond images offered
 * @param images whose times were taken
 * @param p50 median time from when the image was due to when its result was visible, ms
 * @param p99 ms
 * @param longest ms
 * @param kept whether the row kept up: fewer than a second's images were left at the end
 */
public record Load(
        String label,
        double perSecond,
        long images,
        double p50,
        double p99,
        double longest,
        boolean kept) {}
