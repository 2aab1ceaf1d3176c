// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import picocli.CommandLine;

/** The door of the bench: a failure is one line and an exit code. */
public final class Bench {

    private static final int FAILED = 1;
    private static final int INVALID = 2;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine bench = new CommandLine(new BenchCommand());
        bench.getSubcommands().get(MicroCommand.NAME).setUnmatchedOptionsArePositionalParams(true);
        return bench.setUsageHelpWidth(110)
                .setParameterExceptionHandler(
                        (e, given) -> say(e.getCommandLine(), e.getMessage(), INVALID))
                .setExecutionExceptionHandler((e, line, parsed) -> fail(e, line));
    }

    private static int fail(Exception e, CommandLine line) {
        if (e instanceof IllegalArgumentException) {
            return say(line, e.getMessage(), INVALID);
        }
        if (System.getProperty("cytolog.verbose") != null) {
            e.printStackTrace(line.getErr());
        }
        return say(
                line,
                "failed: %s: %s; what was measured is kept, the same command goes on"
                        .formatted(e.getClass().getSimpleName(), e.getMessage()),
                FAILED);
    }

    private static int say(CommandLine line, String message, int code) {
        line.getErr().println("cytolog: " + message.replaceAll("\\s*\\R\\s*", " "));
        line.getErr().flush();
        return code;
    }
}
