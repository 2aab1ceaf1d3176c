// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.review.ReviewExport;
import io.cytolog.standalone.review.ReviewExport.Exported;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes reviewed cells into a folder. */
@Command(
        name = "export",
        description = {
            "Writes the cells that persons have accepted or reclassified into a folder, each with who said",
            "what and when, for 'train --from-reviews'. Run again, it writes what holds then."
        })
final class ReviewsExportCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the cells and reviewed.jsonl.")
    private Path out;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster on = cluster.cluster().check();
        Exported exported;
        try (EventSerdes serdes = on.serdes();
                ReviewExport export = new ReviewExport(on, serdes)) {
            exported = export.into(out, (done, total) -> {});
        }
        PrintWriter lines = spec.commandLine().getOut();
        exported.cells().forEach((finding, cells) -> lines.printf("%7d  %s%n", cells, finding));
        lines.printf(
                "%,d cells of %,d slides by %,d decisions in %s%s%n",
                exported.cells().values().stream().mapToInt(Integer::intValue).sum(),
                exported.slides(),
                exported.decisions(),
                out,
                exported.gone() == 0
                        ? ""
                        : "; %,d reviewed images are no longer to be had"
                                .formatted(exported.gone()));
        lines.flush();
        return Cytolog.DONE;
    }
}
