// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.bank.SentenceEdit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes a sentence. */
@Command(
        name = "edit",
        description = "Changes the text, or the finding, of a sentence of the bank.")
final class SentenceEditCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private SentenceEditing editing;

    @Option(
            names = "--text",
            required = true,
            paramLabel = "TEXT",
            description = "What a morphologist would say, at most 400 characters.")
    private String text;

    @Option(
            names = "--finding",
            paramLabel = "ID",
            defaultValue = "",
            description = {
                "Finding that the sentence points to and takes part in scoring of, for example blast.",
                "Without, the sentence only describes."
            })
    private String finding;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return editing.publish(id -> SentenceEdit.active(id, text, finding), true);
    }
}
