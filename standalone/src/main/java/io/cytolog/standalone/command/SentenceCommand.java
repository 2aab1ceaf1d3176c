// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The sentences of a running cluster. */
@Command(
        name = "sentence",
        description = {
            "Adds, edits, retires and lists sentences of the bank that a running cluster answers with;",
            "no training is needed."
        },
        subcommands = {
            SentenceAddCommand.class,
            SentenceEditCommand.class,
            SentenceRetireCommand.class,
            SentenceListCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class SentenceCommand implements Runnable {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "sentence needs a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
