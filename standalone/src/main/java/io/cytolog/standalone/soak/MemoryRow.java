// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.util.Locale;
import java.util.Set;

/**
 * One second of a memory run.
 *
 * @param answered images with an outcome since the start
 * @param inFlight images taken from the topic and not yet forwarded
 * @param queueBytes pixels that wait for the session
 * @param members of the group
 */
record MemoryRow(
        double seconds,
        JvmSample jvm,
        long published,
        long answered,
        long inFlight,
        long queueBytes,
        boolean stable,
        Set<String> members) {

    static final String HEADER =
            "seconds,heap_used,heap_live,direct,resident,published,answered,in_flight,queue_bytes,"
                    + "rebalances,stream_threads,stable,members";

    String csv() {
        return String.format(
                Locale.ROOT,
                "%.1f,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%b,%d",
                seconds,
                jvm.heapUsed(),
                jvm.heapLive(),
                jvm.direct(),
                jvm.resident(),
                published,
                answered,
                inFlight,
                queueBytes,
                jvm.rebalances(),
                jvm.streamThreads(),
                stable,
                members.size());
    }
}
