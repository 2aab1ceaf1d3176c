// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a row is told on its command line, the same for all of them.
 *
 * @param broker bootstrap servers; empty for a row without Kafka
 * @param registry address of the schema registry; empty for a row without Kafka
 * @param prefix of the topics that the row reads and writes
 * @param release folder of the release that answers
 * @param work folder for what the row keeps on disk
 * @param threads that decode and infer; every row has as many
 * @param batch most images in one session run
 * @param commit time between commits, or checkpoints
 * @param variant what else sets this row apart, in the row's own words; may be empty
 */
public record RowSettings(
        String broker,
        String registry,
        String prefix,
        Path release,
        Path work,
        int threads,
        int batch,
        Duration commit,
        String variant) {

    /** As {@link #of} reads them. */
    public List<String> arguments() {
        return List.of(
                "broker=" + broker,
                "registry=" + registry,
                "prefix=" + prefix,
                "release=" + release,
                "work=" + work,
                "threads=" + threads,
                "batch=" + batch,
                "commit=" + commit.toMillis(),
                "variant=" + variant);
    }

    /** The same with another variant. */
    public RowSettings withVariant(String other) {
        return new RowSettings(
                broker, registry, prefix, release, work, threads, batch, commit, other);
    }

    /** From {@code name=value} arguments. */
    public static RowSettings of(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return new RowSettings(
                text(given, "broker"),
                text(given, "registry"),
                text(given, "prefix"),
                Path.of(text(given, "release")),
                Path.of(text(given, "work")),
                Integer.parseInt(text(given, "threads")),
                Integer.parseInt(text(given, "batch")),
                Duration.ofMillis(Long.parseLong(text(given, "commit"))),
                text(given, "variant"));
    }

    private static String text(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "a row needs %s=...; './cytolog bench' gives it".formatted(name));
        }
        return value;
    }
}
