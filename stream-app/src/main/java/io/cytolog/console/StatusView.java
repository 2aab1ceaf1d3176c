// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import org.jspecify.annotations.Nullable;

/**
 * The page's tiles; the names are those of the JSON.
 *
 * @param process tells one run of the process from the next
 * @param lagRecords null when the broker does not answer
 * @param timeLagSeconds age of the oldest image without a committed result; null as above
 * @param p50Ms median from arrival to committed; null before the first result
 */
record StatusView(
        String process,
        boolean ready,
        @Nullable String releaseId,
        double uptimeSeconds,
        double imagesPerSecond,
        @Nullable Long lagRecords,
        @Nullable Double timeLagSeconds,
        @Nullable Long p50Ms,
        @Nullable Long p99Ms,
        long images,
        long cells,
        long abstained,
        double abstainedShare,
        long rejected) {}
