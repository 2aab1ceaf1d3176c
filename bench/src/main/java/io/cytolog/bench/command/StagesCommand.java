// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import io.cytolog.bench.measure.Plan;
import io.cytolog.bench.measure.Stages;
import io.cytolog.bench.measure.Stand;
import io.cytolog.bench.report.ResultFile;
import io.cytolog.bench.report.StagesReport;
import io.cytolog.bench.row.Stage;
import io.cytolog.release.ReleaseReader;
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

/** {@code cytolog bench stages}: from a bare copy to all of Cytolog, one stage more a row. */
@Command(
        name = "stages",
        mixinStandardHelpOptions = true,
        description = "Measures a bare copy of bytes, then adds one stage of Cytolog a row.")
final class StagesCommand implements Callable<Integer> {

    @Mixin private RunOptions run;

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
        Plan plan = run.plan();
        Path lines = run.out().resolve("stages.jsonl");
        if (fresh) {
            Files.deleteIfExists(lines);
        }
        ResultFile results = ResultFile.open(lines, run.circumstances(spec));
        int side = ReleaseReader.read(run.release()).manifest().encoder().inputSide();
        try (Stand stand = Stand.start(run.work())) {
            Stages stages = new Stages(stand, plan, run.release(), run.work(), results, System.err);
            for (String label : images) {
                stages.run(RunOptions.picture(label), side);
            }
        }
        String report = StagesReport.of(results.circumstances(), results.results(), says());
        Files.writeString(run.out().resolve("stages.md"), report);
        System.out.print(report);
        return 0;
    }

    private static Map<String, String> says() {
        return Stream.of(Stage.values()).collect(Collectors.toMap(Stage::name, Stage::says));
    }
}
