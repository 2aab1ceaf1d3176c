// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.LinkedHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * Counts what becomes of files, as metrics of the Connect worker. The task's thread adds; any
 * thread reads.
 */
final class SourceCounters {
    final LongAdder published = new LongAdder();
    final LongAdder claimChecks = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder unruled = new LongAdder();
    final LongAdder ambiguousSlides = new LongAdder();

    void register(PluginMetrics metrics) {
        gauge(metrics, "images-published", "Images handed to Connect.", published);
        gauge(metrics, "claim-checks", "Images published by pointer, not content.", claimChecks);
        gauge(metrics, "unreadable", "Failed attempts to read a file or folder.", unreadable);
        gauge(metrics, "paths-unruled", "Images whose path did not fit path.rule.", unruled);
        gauge(
                metrics,
                "slides-ambiguous",
                "Images whose slide id was seen under another accession or specimen.",
                ambiguousSlides);
    }

    private static void gauge(
            PluginMetrics metrics, String name, String description, LongAdder count) {
        Gauge<Long> value = (config, now) -> count.sum();
        metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), value);
    }
}
