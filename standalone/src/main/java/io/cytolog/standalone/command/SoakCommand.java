// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Command;

/** Long runs under load that state a bound and measure it. */
@Command(
        name = "soak",
        description =
                "Long runs under load: states a bound, measures it, exits with 1 when broken.",
        subcommands = {SoakMemoryCommand.class, SoakLanesCommand.class, SoakSwapsCommand.class},
        synopsisSubcommandLabel = "RUN")
final class SoakCommand {}
