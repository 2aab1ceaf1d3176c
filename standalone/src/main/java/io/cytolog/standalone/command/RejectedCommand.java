// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Dead letters of a running cluster. */
@Command(
        name = "rejected",
        description = "Lists, shows and replays the images that were turned away.",
        subcommands = {
            RejectedListCommand.class,
            RejectedShowCommand.class,
            RejectedReplayCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class RejectedCommand implements Runnable {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "rejected needs a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
