// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code cytolog bench micro}: JMH over recipe, match and serde. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = "Runs JMH over recipe, match and serde; takes JMH's own arguments.")
final class MicroCommand implements Callable<Integer> {

    @Parameters(description = "what JMH takes, such as RecipeBenchmark -f 1 -wi 3 -i 5")
    private List<String> arguments = new ArrayList<>();

    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(options);
        Main.main(all.toArray(String[]::new));
        return 0;
    }
}
