// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench;

import org.openjdk.jmh.Main;

/**
 * Runs JMH over this module; takes JMH's own arguments, for example {@code -f 1 RecipeBenchmark}.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        Main.main(args);
    }
}
