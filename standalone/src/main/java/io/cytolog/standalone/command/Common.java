// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import picocli.CommandLine.Option;

/** Options of every command. */
final class Common {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explains the command.")
    private boolean help;

    @Option(names = "--verbose", description = "Shows the stack trace of a failure.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
