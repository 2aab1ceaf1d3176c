// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.bank.SentenceEdit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a sentence out. */
@Command(
        name = "retire",
        description = "Takes a sentence out of the bank; the last one of a scored finding stays.")
final class SentenceRetireCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private SentenceEditing editing;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return editing.publish(SentenceEdit::retired, true);
    }
}
