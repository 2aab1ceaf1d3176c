// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.measure.Home;
import io.cytolog.bench.measure.Plan;
import io.cytolog.bench.report.Circumstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every command that starts rows. */
final class RunOptions {

    @Option(names = "--threads", description = "threads that decode and infer; default: the cores")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--batch",
            defaultValue = "8",
            description = "most cells in one session run, default ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--commit-millis",
            defaultValue = "100",
            description = "time between commits or checkpoints, default ${DEFAULT-VALUE}")
    private int commitMillis;

    @Option(
            names = "--warm-seconds",
            defaultValue = "15",
            description =
                    "time for the JVM to compile what is hot before anything is counted, default ${DEFAULT-VALUE}")
    private int warmSeconds;

    @Option(
            names = "--seconds-per-point",
            defaultValue = "8",
            description = "time of each measurement, default ${DEFAULT-VALUE}")
    private int secondsPerPoint;

    @Option(
            names = "--heap",
            defaultValue = "1g",
            description = "-Xmx of each row's JVM, default ${DEFAULT-VALUE}")
    private String heap;

    @Option(
            names = "--cytolog",
            paramLabel = "PATH=VALUE",
            description = "a setting of the Cytolog rows that differs from the default")
    private List<String> cytolog = new ArrayList<>();

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description =
                    "one more option for each row's JVM, such as -XX:StartFlightRecording=...")
    private List<String> jvm = new ArrayList<>();

    @Option(names = "--release", description = "folder of the release; default: the shipped one")
    private Path release = Home.located().release();

    @Option(
            names = "--out",
            description = "folder for results and what is needed on the way; default target/bench")
    private Path out = Home.located().folder().resolve("target").resolve("bench");

    @Option(names = "--quick", description = "3 s a point, to see that all rows run")
    private boolean quick;

    Plan plan() {
        check("--threads", threads, 1, 256);
        check("--batch", batch, 1, 1024);
        check("--commit-millis", commitMillis, 10, 60_000);
        check("--warm-seconds", warmSeconds, 1, 600);
        check("--seconds-per-point", secondsPerPoint, 1, 3600);
        return new Plan(
                threads,
                batch,
                Duration.ofMillis(commitMillis),
                Duration.ofSeconds(quick ? 2 : warmSeconds),
                Duration.ofSeconds(quick ? 3 : secondsPerPoint),
                heap,
                cytolog,
                jvm);
    }

    Path release() {
        if (!Files.isDirectory(release)) {
            throw new IllegalArgumentException(
                    "--release=%s is no folder; give a release".formatted(release));
        }
        return release;
    }

    /** Made when absent. */
    Path out() throws IOException {
        return Files.createDirectories(out);
    }

    /** A folder for topics, logs and derived releases. */
    Path work() throws IOException {
        return Files.createDirectories(out.resolve("work"));
    }

    /** Where and how this is measured. */
    Circumstances circumstances(CommandSpec spec) throws IOException {
        return Circumstances.now(
                Home.located().folder(),
                Home.located().classPaths(),
                plan().toString(),
                "./cytolog bench "
                        + String.join(
                                " ", spec.root().commandLine().getParseResult().originalArgs()));
    }

    static Picture picture(String label) {
        return Stream.of(Picture.values())
                .filter(picture -> picture.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--images=%s is no kind of picture; give some of %s"
                                                .formatted(label, pictureLabels())));
    }

    private static String pictureLabels() {
        return Stream.of(Picture.values()).map(Picture::label).collect(Collectors.joining(", "));
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s=%d is out of bounds; give %,d to %,d".formatted(name, value, least, most));
        }
    }
}
