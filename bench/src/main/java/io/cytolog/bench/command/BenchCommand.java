// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.measure.Home;
import io.cytolog.bench.measure.Matrix;
import io.cytolog.bench.measure.Plan;
import io.cytolog.bench.measure.Row;
import io.cytolog.bench.measure.Stand;
import io.cytolog.bench.report.Circumstances;
import io.cytolog.bench.report.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cytolog bench}: Cytolog beside its peers. Owned by the main thread. */
@Command(
        name = "./cytolog bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Cytolog beside a plain loop and its peers, each in a JVM of its own, on the same",
            "images, model and broker. A run that was stopped goes on where it stood."
        })
final class BenchCommand implements Callable<Integer> {

    @Mixin private RunOptions run;

    @Option(
            names = "--rows",
            split = ",",
            description =
                    "some of: limit, cytolog, cytolog-at-least-once, naive-streams, parallel-consumer, parallel-consumer-transactional, flink, flink-async")
    private List<String> rows = Row.usual().stream().map(Row::label).toList();

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "64,128,224",
            description = "sides of the encoder's input, default ${DEFAULT-VALUE}")
    private List<Integer> sizes;

    @Option(
            names = "--images",
            split = ",",
            defaultValue = "15k,500k",
            description = "some of: 15k, 500k, field; default ${DEFAULT-VALUE}")
    private List<String> images;

    @Option(names = "--fresh", description = "forgets what was measured before")
    private boolean fresh;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Row> chosen = rows.stream().map(BenchCommand::row).toList();
        List<Picture> pictures = images.stream().map(BenchCommand::picture).toList();
        Plan plan = run.plan();
        Path lines = run.out().resolve("bench.jsonl");
        if (fresh) {
            Files.deleteIfExists(lines);
        }
        ResultFile results = ResultFile.open(lines, circumstances(plan));
        try (Stand stand = Stand.start(run.work())) {
            new Matrix(stand, plan, run.release(), run.work(), results, System.err)
                    .run(chosen, sizes, pictures);
        }
        return 0;
    }

    private Circumstances circumstances(Plan plan) throws Exception {
        return Circumstances.now(
                Home.located().folder(),
                Home.located().classPaths(),
                plan.toString(),
                Stream.concat(
                                Stream.of("./cytolog bench"),
                                spec.commandLine().getParseResult().originalArgs().stream())
                        .collect(Collectors.joining(" ")));
    }

    private static Row row(String label) {
        return Row.labelled(label)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--rows=%s is no row; give some of %s"
                                                .formatted(
                                                        label, labels(Row.values(), Row::label))));
    }

    private static Picture picture(String label) {
        return Stream.of(Picture.values())
                .filter(picture -> picture.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--images=%s is no kind of picture; give some of %s"
                                                .formatted(
                                                        label,
                                                        labels(Picture.values(), Picture::label))));
    }

    private static <T> String labels(T[] values, java.util.function.Function<T, String> label) {
        return Stream.of(values).map(label).collect(Collectors.joining(", "));
    }
}
