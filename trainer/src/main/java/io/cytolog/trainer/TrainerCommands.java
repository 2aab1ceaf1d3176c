// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The trainer's commands under one name; errors are one line unless asked otherwise. */
@Command(
        name = "cytolog",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.class,
            PretrainCommand.class,
            GenerateCommand.class,
            EvaluateCommand.class,
            AblateCommand.class,
            CalibrateCommand.class,
            PromoteCommand.class,
            MeasureCommand.class,
            QuantiseCommand.class
        })
final class TrainerCommands {

    private TrainerCommands() {}

    static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        IExecutionExceptionHandler oneLine =
                (failure, command, parsed) -> {
                    PrintWriter err = command.getErr();
                    err.println(failure.getMessage() == null ? failure : failure.getMessage());
                    return failure instanceof UserFault ? 2 : 1;
                };
        return new CommandLine(new TrainerCommands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(TrainerCommands::refuse)
                .setExecutionExceptionHandler(oneLine);
    }

    /** One line: what is wrong with the arguments, what was perhaps meant, where help is. */
    private static int refuse(ParameterException e, String... arguments) {
        CommandLine line = e.getCommandLine();
        List<String> unknown = line.getUnmatchedArguments();
        // Picocli speaks of missing options first, even where one was only mistyped.
        UnmatchedArgumentException mistyped =
                e instanceof UnmatchedArgumentException given
                        ? given
                        : new UnmatchedArgumentException(line, unknown);
        String fault = unknown.isEmpty() ? e.getMessage() : mistyped.getMessage();
        String near = unknown.isEmpty() ? "" : String.join(" or ", mistyped.getSuggestions());
        line.getErr()
                .printf(
                        "%s%s; './cytolog %s --help' lists the options%n",
                        fault.replaceAll("\\s*\\R\\s*", " "),
                        near.isEmpty() ? "" : "; did you mean %s?".formatted(near),
                        line.getCommandName());
        return 2;
    }

    /** A fault of what the user gave; one line, exit code 2. */
    static final class UserFault extends Exception {

        private static final long serialVersionUID = 1L;

        UserFault(String message) {
            super(message);
        }
    }
}
