// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cytolog bench micro}: JMH over recipe, match and serde. All its options are JMH's. */
@Command(
        name = "micro",
        description =
                "Runs JMH over recipe, match and serde; takes JMH's own arguments, -h lists them.")
final class MicroCommand implements Callable<Integer> {

    static final String NAME = "micro";

    @Parameters(description = "what JMH takes, such as RecipeBenchmark -f 1 -wi 3 -i 5")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
