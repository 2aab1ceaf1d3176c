// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

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
                .setExecutionExceptionHandler(oneLine);
    }

    /** A fault of what the user gave; one line, exit code 2. */
    static final class UserFault extends Exception {

        private static final long serialVersionUID = 1L;

        UserFault(String message) {
            super(message);
        }
    }
}
