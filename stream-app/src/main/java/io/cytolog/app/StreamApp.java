// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import io.cytolog.onnx.StopSignal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** The stream-app as a process of its own: {@code StreamApp [--config FILE]}. */
public final class StreamApp {

    static final int STOPPED = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;

    private static final String USAGE = "usage: StreamApp [--config FILE]";
    private static final String LOG_SETTINGS = "logback.configurationFile";

    private StreamApp() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_SETTINGS) == null) {
            System.setProperty(LOG_SETTINGS, "io/cytolog/app/logback.xml");
        }
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Runs until the stream stops or the process is told to; the exit code. */
    static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        try {
            ConfigReader reader = configuration(arguments).environment(environment);
            AppConfig config = reader.read();
            reader.warnings().forEach(err::println);
            out.print(reader.redacted());
            return serve(config);
        } catch (InvalidConfigException e) {
            e.faults().forEach(err::println);
            return UNUSABLE;
        } catch (StartupException e) {
            e.faults().forEach(err::println);
            return UNUSABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static ConfigReader configuration(List<String> arguments)
            throws InvalidConfigException {
        ConfigReader reader = ConfigReader.ofDefaults();
        if (arguments.size() == 2 && arguments.getFirst().equals("--config")) {
            return reader.file(Path.of(arguments.getLast()));
        }
        if (!arguments.isEmpty()) {
            throw new InvalidConfigException(
                    List.of(
                            "%s is not understood; %s"
                                    .formatted(String.join(" ", arguments), USAGE)));
        }
        return reader;
    }

    private static int serve(AppConfig config) throws StartupException, InterruptedException {
        // Ctrl-C and SIGTERM drain and commit before the process ends.
        try (Wiring wiring = Wiring.of(config, Parts.of(config));
                StopSignal _ = StopSignal.on(wiring::close)) {
            wiring.start();
            wiring.awaitStopped();
            return wiring.state() == KafkaStreams.State.ERROR ? FAILED : STOPPED;
        }
    }
}
