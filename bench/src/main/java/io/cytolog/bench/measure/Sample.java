// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

/**
 * What had become visible at a moment.
 *
 * @param nanos by {@link System#nanoTime}
 * @param count images with a result
 * @param cpuNanos that the row had used
 */
record Sample(long nanos, long count, long cpuNanos) {}
