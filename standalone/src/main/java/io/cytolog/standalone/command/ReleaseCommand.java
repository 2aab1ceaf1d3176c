// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The life of a release after its training: keys, signature, check. */
@Command(
        name = "release",
        description = "Signs, checks and announces releases.",
        subcommands = {
            ReleaseKeygenCommand.class,
            ReleaseSignCommand.class,
            ReleaseVerifyCommand.class,
            ReleaseAnnounceCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class ReleaseCommand implements Runnable {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "release needs a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
