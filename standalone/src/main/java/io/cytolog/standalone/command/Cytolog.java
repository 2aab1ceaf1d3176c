// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.standalone.InvalidInputException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The door: maps a command line to a command, and every failure to one line and an exit code. */
@Command(
        name = "./cytolog",
        description = "Cells in, sentences out.",
        subcommands = {
            DemoCommand.class,
            AnnotateCommand.class,
            ChaosCommand.class,
            ReleaseCommand.class,
            SentenceCommand.class,
            SoakCommand.class,
            RejectedCommand.class,
            ReviewsCommand.class,
            VerifyReplayCommand.class,
            WhichReleaseCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 110)
public final class Cytolog {

    /** The program did what it was asked to. */
    static final int DONE = 0;

    /** The program failed, or what it counted does not add up. */
    static final int FAILED = 1;

    /** Ctrl-C. */
    static final int INTERRUPTED = 130;

    /** What the user gave cannot be worked with. */
    static final int INVALID = 2;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Cytolog())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(Cytolog::refuse)
                .setExecutionExceptionHandler((e, line, parsed) -> fail(e, line));
    }

    private static int refuse(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        List<String> unknown = line.getUnmatchedArguments();
        String hint =
                "'%s --help' lists the options".formatted(line.getCommandSpec().qualifiedName());
        // Picocli speaks of missing options first, even where one was only mistyped.
        if (!unknown.isEmpty() && !(e instanceof UnmatchedArgumentException)) {
            say(line, "unknown %s; also: %s; %s".formatted(unknown, e.getMessage(), hint));
        } else {
            say(line, e.getMessage() + near(e) + "; " + hint);
        }
        return INVALID;
    }

    private static String near(ParameterException e) {
        boolean known =
                e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty();
        return known
                ? "; did you mean "
                        + String.join(" or ", ((UnmatchedArgumentException) e).getSuggestions())
                        + "?"
                : "";
    }

    private static int fail(Exception e, CommandLine line) {
        if (e instanceof InterruptedException) {
            say(line, "stopped; nothing was written");
            return INTERRUPTED;
        }
        if (line.getCommand() instanceof Verbose command && command.verbose()) {
            e.printStackTrace(line.getErr());
        }
        if (e instanceof InvalidInputException) {
            say(line, e.getMessage());
            return INVALID;
        }
        say(
                line,
                "failed: %s: %s; --verbose shows the stack trace"
                        .formatted(e.getClass().getSimpleName(), e.getMessage()));
        return FAILED;
    }

    private static void say(CommandLine line, String message) {
        line.getErr().println("cytolog: " + message.replaceAll("\\s*\\R\\s*", " "));
        line.getErr().flush();
    }
}
