// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.measure.Matrix;
import io.cytolog.bench.measure.Plan;
import io.cytolog.bench.measure.Row;
import io.cytolog.bench.measure.Stand;
import io.cytolog.bench.report.Charts;
import io.cytolog.bench.report.Circumstances;
import io.cytolog.bench.report.MatrixReport;
import io.cytolog.bench.report.Measured;
import io.cytolog.bench.report.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        subcommands = {StagesCommand.class, ScaleCommand.class, MicroCommand.class},
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
        List<Picture> pictures = images.stream().map(RunOptions::picture).toList();
        Plan plan = run.plan();
        Path lines = run.out().resolve("bench.jsonl");
        if (fresh) {
            Files.deleteIfExists(lines);
        }
        ResultFile results = ResultFile.open(lines, run.circumstances(spec));
        try (Stand stand = Stand.start(run.work())) {
            new Matrix(stand, plan, run.release(), run.work(), results, System.err)
                    .run(chosen, sizes, pictures);
        }
        report(results);
        return 0;
    }

    private static Row row(String label) {
        return Row.labelled(label)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--rows=%s is no row; give some of %s"
                                                .formatted(label, rowLabels())));
    }

    private static String rowLabels() {
        return Stream.of(Row.values()).map(Row::label).collect(Collectors.joining(", "));
    }

    private void report(ResultFile results) throws IOException {
        Path out = run.out();
        Circumstances c = results.circumstances();
        List<Measured> all = results.results();
        String tables = MatrixReport.of(c, all);
        Files.writeString(out.resolve("bench.md"), tables);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        out.resolve("bench.json").toFile(),
                        Map.of("circumstances", c, "results", all));
        Files.writeString(out.resolve("bench-throughput.svg"), Charts.throughput(c, all));
        Files.writeString(out.resolve("bench-efficiency.svg"), Charts.efficiency(c, all));
        Files.writeString(
                out.resolve("bench-latency-90.svg"),
                Charts.latency(c, all, "90%", "90 % of each row's own throughput"));
        Files.writeString(
                out.resolve("bench-latency-common.svg"),
                Charts.latency(c, all, "common", "half of the limit, the same for all rows"));
        System.out.print(tables);
        System.err.printf("written: %s%n", out.toAbsolutePath().normalize());
    }
}
