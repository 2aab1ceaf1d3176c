// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Cytolog as it is shipped: the stream-app's own wiring with console, telemetry and slide
 * summaries. The variant holds settings that differ from the defaults, {@code path=value} separated
 * by semicolons.
 */
public final class CytologRow {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private CytologRow() {}

    public static void main(String[] arguments) {
        RowProcess.run(arguments, CytologRow::start);
    }

    private static Closeable start(RowSettings settings) throws Exception {
        AppConfig config = config(settings);
        Wiring wiring = Wiring.of(config, Parts.of(config));
        wiring.start();
        if (!wiring.awaitRunning(LONGEST_START)) {
            throw new IOException("the stream is %s".formatted(wiring.state()));
        }
        return wiring::close;
    }

    /** The defaults with what the machine and the bench ask for. */
    static AppConfig config(RowSettings settings) throws Exception {
        String threads = Integer.toString(settings.threads());
        ConfigReader reader =
                ConfigReader.ofDefaults()
                        .with("application-id", settings.prefix() + "cytolog")
                        .with("topics.prefix", settings.prefix())
                        .with("kafka.bootstrap-servers", settings.broker())
                        .with("registry.url", settings.registry())
                        .with("release.path", settings.release().toString())
                        .with("inference.threads", threads)
                        .with("decode.threads", threads)
                        .with("streams.threads", threads)
                        .with("streams.state-dir", settings.work().resolve("state").toString())
                        .with("batch.max-size", Integer.toString(settings.batch()))
                        .with("commit.interval", settings.commit().toMillis() + "ms")
                        .with("console.port", "0");
        for (String setting : settings.variant().split(";")) {
            if (!setting.isBlank()) {
                String[] pair = setting.split("=", 2);
                reader = reader.with(pair[0], pair[1]);
            }
        }
        return reader.read();
    }
}
