// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.util.Locale;

/**
 * One second of a run of swaps.
 *
 * @param swaps announced so far
 * @param outcomes read so far
 */
record SwapRow(double seconds, JvmSample jvm, int swaps, int refused, int outcomes) {

    static final String HEADER =
            "seconds,heap_used,heap_live,direct,resident,stream_threads,swaps,bad_announced,outcomes";

    String csv() {
        return String.format(
                Locale.ROOT,
                "%.1f,%d,%d,%d,%d,%d,%d,%d,%d",
                seconds,
                jvm.heapUsed(),
                jvm.heapLive(),
                jvm.direct(),
                jvm.resident(),
                jvm.streamThreads(),
                swaps,
                refused,
                outcomes);
    }
}
