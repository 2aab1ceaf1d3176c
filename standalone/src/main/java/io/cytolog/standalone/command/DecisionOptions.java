// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.cluster.DecisionWriter;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that decides something: where, from when on, by whom. */
final class DecisionOptions {

    @Mixin private ClusterOptions cluster;

    @Option(
            names = "--effective-at",
            paramLabel = "TIME",
            description = {
                "Point of change: images whose record has this time or a later one follow the decision,",
                "for example 2026-03-01T12:00:00Z; at least 2 s ahead. Default: the next full 5 s in 10 s."
            })
    private @Nullable Instant effectiveAt;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Account name of whoever decides. Default: who is logged in.")
    private String by = System.getProperty("user.name", "unknown");

    Cluster cluster() throws InterruptedException {
        return cluster.cluster().check();
    }

    DecisionWriter writer(Cluster on) {
        return new DecisionWriter(on, by, Clock.systemUTC());
    }

    @Nullable Instant effectiveAt() {
        return effectiveAt;
    }
}
