// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this class path, to be run by a JVM of its own like this one. */
public final class JavaProgram {

    private static final List<String> ACCESS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private JavaProgram() {}

    /** Not started yet; whoever starts it sees to its output. */
    public static ProcessBuilder of(
            List<String> jvmOptions, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(ACCESS);
        command.add(program.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not -cp: ONNX Runtime crashes the JVM when the command line is very long.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }
}
