// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decisions of persons on slides of a running cluster. */
@Command(
        name = "reviews",
        description = "Writes decisions on slides, and exports reviewed cells to train on.",
        subcommands = {ReviewsExportCommand.class, ReviewsDecideCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class ReviewsCommand implements Runnable {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "reviews needs a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
