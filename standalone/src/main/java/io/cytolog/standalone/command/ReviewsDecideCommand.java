// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.Decision;
import io.cytolog.event.ReviewDecided;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.cluster.DecisionWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes one person's decision on a slide. */
@Command(
        name = "decide",
        description = "Accepts or rejects a slide, or gives one of its cells another finding.")
final class ReviewsDecideCommand implements Callable<Integer>, Verbose {

    private static final String CELL = "[0-9a-f]{64}:\\d{1,6}=[a-z_]{1,64}";

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Spec private CommandSpec spec;

    @Option(names = "--slide", required = true, paramLabel = "ID", description = "Slide id.")
    private String slide;

    @Option(names = "--accept", description = "Accepts all findings that were given so far.")
    private boolean accept;

    @Option(names = "--reject", description = "Rejects the slide, with all decided on it before.")
    private boolean reject;

    @Option(
            names = "--reclassify",
            paramLabel = "RESULT:CELL=FINDING",
            description = "Gives a cell of a result, counted from 0, another finding id.")
    private @Nullable String reclassify;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Account name of the reviewer. Default: who is logged in.")
    private String by = System.getProperty("user.name", "unknown");

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason; no patient's name.")
    private String why;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReviewDecided decision = decision();
        Cluster on = cluster.cluster().check();
        try (DecisionWriter writer = new DecisionWriter(on, by, Clock.systemUTC())) {
            writer.review(decision);
        }
        spec.commandLine()
                .getOut()
                .printf("%s of slide %s written%n", decision.getDecision(), slide);
        spec.commandLine().getOut().flush();
        return Cytolog.DONE;
    }

    private ReviewDecided decision() {
        if ((accept ? 1 : 0) + (reject ? 1 : 0) + (reclassify == null ? 0 : 1) != 1) {
            throw new InvalidInputException("give one of --accept, --reject and --reclassify");
        }
        ReviewDecided.Builder decision =
                ReviewDecided.newBuilder()
                        .setSlide(slide)
                        .setRevision(0)
                        .setDecision(accept ? Decision.ACCEPT : Decision.REJECT)
                        .setReviewer(by)
                        .setRationale(why)
                        .setDecidedAt(Instant.now(Clock.systemUTC()));
        String cell = reclassify;
        if (cell == null) {
            return decision.build();
        }
        if (!cell.matches(CELL)) {
            throw new InvalidInputException(
                    "--reclassify=%s is not RESULT:CELL=FINDING; give a result id of 64 digits, a cell's number and a finding id such as blast"
                            .formatted(cell));
        }
        String[] parts = cell.split("[:=]", -1);
        return decision.setDecision(Decision.RECLASSIFY)
                .setResultId(parts[0])
                .setCellIndex(Integer.parseInt(parts[1]))
                .setFinding(parts[2])
                .build();
    }
}
