// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command line came to: exit code and the lines on standard error. */
record Run(int exitCode, List<String> errors) {

    static Run of(Object... args) {
        var err = new StringWriter();
        int exitCode =
                Cytolog.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                List.of(args).stream()
                                        .map(Object::toString)
                                        .toArray(String[]::new));
        return new Run(exitCode, err.toString().lines().toList());
    }
}
