// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command line came to: exit code and the lines on both outputs. */
record Run(int exitCode, List<String> output, List<String> errors) {

    static Run of(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode =
                Cytolog.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                List.of(args).stream()
                                        .map(Object::toString)
                                        .toArray(String[]::new));
        return new Run(exitCode, out.toString().lines().toList(), err.toString().lines().toList());
    }
}
