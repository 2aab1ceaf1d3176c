// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.row.CytologRow;
import io.cytolog.bench.row.LimitRow;
import io.cytolog.bench.row.NaiveStreamsRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is measured beside what. Peers are named by class, since theirs is another class path. */
public enum Row {
    LIMIT("limit", LimitRow.class.getName(), "", ""),
    EXACTLY_ONCE("cytolog", CytologRow.class.getName(), "", ""),
    AT_LEAST_ONCE(
            "cytolog-at-least-once",
            CytologRow.class.getName(),
            "",
            "streams.guarantee=at-least-once"),
    NAIVE("naive-streams", NaiveStreamsRow.class.getName(), "", ""),
    PARALLEL_CONSUMER(
            "parallel-consumer",
            "io.cytolog.bench.parallel.ParallelConsumerRow",
            "peer-parallel-consumer",
            ""),
    PARALLEL_CONSUMER_TRANSACTIONAL(
            "parallel-consumer-transactional",
            "io.cytolog.bench.parallel.ParallelConsumerRow",
            "peer-parallel-consumer",
            "transactional"),
    FLINK("flink", "io.cytolog.bench.flink.FlinkRow", "peer-flink", ""),
    FLINK_ASYNC("flink-async", "io.cytolog.bench.flink.FlinkRow", "peer-flink", "async");

    private final String label;
    private final String main;
    private final String peer;
    private final String variant;

    Row(String label, String main, String peer, String variant) {
        this.label = label;
        this.main = main;
        this.peer = peer;
        this.variant = variant;
    }

    /** Name on the command line and in tables. */
    public String label() {
        return label;
    }

    String main() {
        return main;
    }

    /** Folder of the module below bench/ whose class path it needs; empty for this one's. */
    String peer() {
        return peer;
    }

    String variant() {
        return variant;
    }

    boolean isCytolog() {
        return this == EXACTLY_ONCE || this == AT_LEAST_ONCE;
    }

    public static Optional<Row> labelled(String label) {
        return Stream.of(values()).filter(row -> row.label.equals(label)).findFirst();
    }

    /** Each peer in the way that does best. */
    public static List<Row> usual() {
        return List.of(LIMIT, EXACTLY_ONCE, AT_LEAST_ONCE, NAIVE, PARALLEL_CONSUMER, FLINK);
    }
}
