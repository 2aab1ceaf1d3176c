// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.cluster.DecisionWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What adding, editing and retiring have in common: which sentence, the check, publishing. */
final class SentenceEditing {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin private DecisionOptions decision;
    @Mixin private BankOptions bank;

    @Option(
            names = "--id",
            required = true,
            paramLabel = "ID",
            description = "Id of the sentence; 'sentence list' shows them.")
    private String id;

    int publish(Function<String, SentenceEdit> edit, boolean mustExist)
            throws IOException, InterruptedException {
        Cluster cluster = decision.cluster();
        if (bank.has(cluster, id) != mustExist) {
            throw new InvalidInputException(
                    mustExist
                            ? "--id=%s is not in the bank; 'sentence list' shows what is"
                                    .formatted(id)
                            : "--id=%s is in the bank already; give another id or use 'sentence edit'"
                                    .formatted(id));
        }
        bank.check(cluster, edit.apply(id));
        try (DecisionWriter writer = decision.writer(cluster)) {
            Instant from = writer.bank(edit.apply(id), decision.effectiveAt());
            PrintWriter out = spec.commandLine().getOut();
            out.printf("banked %s; holds for images from %s on%n", id, from);
            out.flush();
        }
        return Cytolog.DONE;
    }
}
