// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceEdit;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.standalone.cluster.Cluster;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the bank as edits have made it, or the edits themselves. */
@Command(
        name = "list",
        description = {
            "Prints the bank's sentences as edits have made them, a line each: id, finding, text; then the",
            "bank's version."
        })
final class SentenceListCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Mixin private BankOptions bank;
    @Spec private CommandSpec spec;

    @Option(
            names = "--edits",
            description = "Prints the edits in place of the bank, with why one was refused.")
    private boolean edits;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws InterruptedException {
        Cluster on = cluster.cluster().check();
        List<SentenceDecision> decisions = BankOptions.banked(on);
        BankEdits applied =
                BankEdits.of(bank.bank(), decisions.stream().map(SentenceDecision::edit).toList());
        PrintWriter out = spec.commandLine().getOut();
        if (edits) {
            printEdits(out, decisions, applied);
        } else {
            applied.sentences().forEach(sentence -> out.println(line(sentence)));
        }
        out.println("bank " + applied.version());
        out.flush();
        return Cytolog.DONE;
    }

    private static void printEdits(
            PrintWriter out, List<SentenceDecision> decisions, BankEdits applied) {
        Map<Integer, String> refused = new HashMap<>();
        applied.refused().forEach(edit -> refused.put(edit.position(), edit.why()));
        for (int i = 0; i < decisions.size(); i++) {
            SentenceEdit edit = decisions.get(i).edit();
            out.printf(
                    "%s\t%s\t%s\t%s\t%s\t%s%n",
                    decisions.get(i).effectiveAt(),
                    refused.containsKey(i) ? "refused" : edit.retired() ? "retired" : "active",
                    edit.sentenceId(),
                    edit.finding(),
                    edit.text(),
                    refused.getOrDefault(i, ""));
        }
    }

    private static String line(Sentence sentence) {
        return String.join("\t", sentence.id(), sentence.finding(), sentence.text());
    }
}
