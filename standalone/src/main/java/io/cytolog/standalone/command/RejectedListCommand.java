// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.letter.DeadLetter;
import io.cytolog.standalone.letter.DeadLetters;
import io.cytolog.standalone.letter.DeadLetters.LetterVisitor;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
        name = "list",
        description = "Lists the images that were turned away, oldest first within a partition.")
final class RejectedListCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Mixin private LetterOptions letters;
    @Spec private CommandSpec spec;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Most that are printed; all are counted. Default: 100.")
    private int limit;

    @Option(names = "--json", description = "Prints a JSON object a line.")
    private boolean json;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            throw new InvalidInputException("--limit=%d is not positive".formatted(limit));
        }
        var filter = letters.filter(List.of());
        var range = letters.range();
        Cluster on = cluster.cluster().check();
        PrintWriter out = spec.commandLine().getOut();
        AtomicLong found = new AtomicLong();
        if (!json) {
            out.println(LetterText.HEADING);
        }
        LetterVisitor<RuntimeException> print =
                letter -> {
                    if (found.incrementAndGet() <= limit) {
                        out.println(text(letter));
                    }
                };
        try (EventSerdes serdes = on.serdes()) {
            new DeadLetters(on, serdes).forEach(range, filter, print, (done, total) -> {});
        }
        if (!json) {
            out.printf(
                    "%,d dead letters%s%n",
                    found.get(),
                    found.get() > limit ? ", the first %d shown".formatted(limit) : "");
        }
        out.flush();
        return Cytolog.DONE;
    }

    private String text(DeadLetter letter) {
        return json ? JsonLines.line(LetterText.fields(letter)) : LetterText.row(letter);
    }
}
