// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.app.Parts;
import io.cytolog.app.StartupException;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The stream-app in this process, with the same configuration that it has anywhere. Made early,
 * since its release loads while broker and registry start; started when both are there.
 */
final class InProcessStream implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Wiring wiring;

    private InProcessStream(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Begins to load the release; needs no broker yet. */
    static InProcessStream of(
            DemoSettings settings, String bootstrapServers, String registryUrl, Path work) {
        try {
            AppConfig config = config(settings, bootstrapServers, registryUrl, work);
            return new InProcessStream(Wiring.of(config, Parts.of(config)));
        } catch (InvalidConfigException e) {
            throw new InvalidInputException(String.join("; also: ", e.faults()), e);
        } catch (StartupException e) {
            throw new InvalidInputException(String.join("; also: ", e.faults()), e);
        }
    }

    /** Serves the page and returns when images would be consumed. */
    void start() throws IOException, InterruptedException {
        try {
            wiring.start();
            if (!wiring.awaitRunning(LONGEST_START)) {
                throw new IOException(
                        "the stream is %s after %d s"
                                .formatted(wiring.state(), LONGEST_START.toSeconds()));
            }
        } catch (StartupException e) {
            throw new IOException(String.join("; also: ", e.faults()), e);
        }
    }

    /** Address of the page, once started. */
    String page() {
        return wiring.page().toString();
    }

    /** Why it no longer works, when it does not. */
    Optional<String> failure() {
        return wiring.state() == KafkaStreams.State.ERROR
                ? Optional.of("the stream stopped with an error")
                : Optional.empty();
    }

    @Override
    public void close() {
        wiring.close();
    }

    private static AppConfig config(
            DemoSettings settings, String bootstrapServers, String registryUrl, Path work)
            throws InvalidConfigException {
        String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        return ConfigReader.ofDefaults()
                .with("kafka.bootstrap-servers", bootstrapServers)
                .with("registry.url", registryUrl)
                .with("release.path", settings.release().toString())
                .with("inference.threads", processors)
                .with("decode.threads", processors)
                .with("claim-check.roots", "[\"%s\"]".formatted(settings.images().root()))
                .with("streams.state-dir", work.resolve("state").toString())
                .with("console.bind", Loopback.HOST)
                .with("console.port", Integer.toString(settings.port()))
                .read();
    }
}
