// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The stream-app in a process of its own, its annotator slowed; says each second how much memory it
 * takes.
 */
final class StreamChild {

    private StreamChild() {}

    /** Arguments: cells a second, then settings as {@code path=text}. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("logback.configurationFile", "io/cytolog/app/logback.xml");
        PrintStream lines = System.out;
        // What is logged on the console goes beside the samples, not between them.
        System.setOut(System.err);
        AppConfig config = config(List.of(arguments).subList(1, arguments.length));
        double cellsPerSecond = Double.parseDouble(arguments[0]);
        try (ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor();
                Wiring stream = Wiring.of(config, slowed(Parts.of(config), cellsPerSecond))) {
            stream.start();
            lines.println("READY " + stream.page());
            sampling.scheduleAtFixedRate(
                    () -> lines.println(JvmSample.now().line()), 0, 1, TimeUnit.SECONDS);
            ChildJvm.awaitParent();
            sampling.shutdownNow();
        }
        System.exit(0);
    }

    /** The configuration that these settings make of the shipped one. */
    static AppConfig config(List<String> settings) throws InvalidConfigException {
        ConfigReader reader = ConfigReader.ofDefaults();
        for (String setting : settings) {
            int sign = setting.indexOf('=');
            reader.with(setting.substring(0, sign), setting.substring(sign + 1));
        }
        return reader.read();
    }

    static Parts slowed(Parts shipped, double cellsPerSecond) {
        return shipped.openedBy(
                (release, maxBatch) ->
                        new PacedAnnotator(
                                shipped.opener().open(release, maxBatch), cellsPerSecond));
    }
}
