// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import java.time.Duration;
import java.util.List;

/**
 * How rows are run, the same for all.
 *
 * @param threads that decode and infer
 * @param batch most cells in one session run
 * @param commit time between commits, or checkpoints
 * @param warm time after the first result before anything is counted
 * @param point time of each measurement
 * @param heap of each row's JVM, for -Xmx
 * @param cytolog settings of the Cytolog rows that differ from the defaults, {@code path=value}
 * @param options more options for each row's JVM
 */
public record Plan(
        int threads,
        int batch,
        Duration commit,
        Duration warm,
        Duration point,
        String heap,
        List<String> cytolog,
        List<String> options) {

    public Plan {
        cytolog = List.copyOf(cytolog);
        options = List.copyOf(options);
    }
}
