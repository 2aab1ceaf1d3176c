// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.child;

import java.util.List;

/**
 * What to start.
 *
 * @param main class with the main method
 * @param classPath entries, separated as the platform does
 * @param options of the JVM
 */
public record Program(String main, String classPath, List<String> options) {

    public Program {
        options = List.copyOf(options);
    }
}
