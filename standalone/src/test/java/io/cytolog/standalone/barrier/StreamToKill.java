// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.barrier;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.image.CellPixels;
import io.cytolog.serving.AnnotatorOpener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The stream-app with a slow session, in this process or in one that a test kills. */
final class StreamToKill {

    /** Long enough that every kill finds images in flight. */
    private static final Duration RUN = Duration.ofMillis(30);

    private StreamToKill() {}

    /** Arguments: broker, registry, release folder, state folder. */
    public static void main(String[] arguments) throws Exception {
        AppConfig config =
                config(arguments[0], arguments[1], Path.of(arguments[2]), Path.of(arguments[3]));
        Wiring wiring = Wiring.of(config, parts(config, () -> {}));
        wiring.start();
        wiring.awaitStopped();
        Runtime.getRuntime().halt(1);
    }

    static AppConfig config(String broker, String registry, Path release, Path state)
            throws Exception {
        return ConfigReader.ofDefaults()
                .with("kafka.bootstrap-servers", broker)
                .with("kafka.properties", "{session.timeout.ms: 6000, heartbeat.interval.ms: 500}")
                .with("registry.url", registry)
                .with("release.path", release.toString())
                .with("streams.state-dir", state.toString())
                .with("inference.threads", "1")
                .with("batch.max-size", "16")
                .with("decode.threads", "1")
                .with("console.port", "0")
                .read();
    }

    /**
     * @param beforeRun may throw in place of a session that fails
     */
    static Parts parts(AppConfig config, Runnable beforeRun) {
        Parts shipped = Parts.of(config);
        AnnotatorOpener slow =
                (release, maxBatch) -> slowed(shipped.opener().open(release, maxBatch), beforeRun);
        return new Parts(
                shipped.source(), slow, shipped.locator(), shipped.clock(), shipped.listener());
    }

    private static CellAnnotator slowed(CellAnnotator annotator, Runnable beforeRun) {
        return new CellAnnotator() {
            @Override
            public int maxBatch() {
                return annotator.maxBatch();
            }

            @Override
            public List<CellAnnotation> annotate(List<CellPixels> cells) {
                LockSupport.parkNanos(RUN.toNanos());
                beforeRun.run();
                return annotator.annotate(cells);
            }

            @Override
            public void close() {
                annotator.close();
            }
        };
    }
}
