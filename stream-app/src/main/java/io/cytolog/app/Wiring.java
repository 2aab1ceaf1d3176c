// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.console.Health;
import io.cytolog.release.Release;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.topic.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts list of the stream-app: made from top to bottom, closed from bottom to top. One thread
 * starts it and one, perhaps another, closes it; any may ask for its state.
 */
public final class Wiring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final AppConfig config;
    private final Parts parts;
    private final Started started = new Started();
    private final ConsolePart console;
    private final ServingPart serving;
    private volatile Optional<StreamEngine> engine = Optional.empty();
    private volatile int port;

    private Wiring(AppConfig config, Parts parts) {
        this.config = config;
        this.parts = parts;
        this.console = started.keep("console", new ConsolePart(config, parts.clock()));
        this.serving = started.keep("serving", new ServingPart(config, parts, console.telemetry()));
    }

    /**
     * Begins to load the release, which needs no broker; {@link #start} does the rest.
     *
     * @throws StartupException when the settings would not be safe, with all that is wrong
     */
    public static Wiring of(AppConfig config, Parts parts) throws StartupException {
        List<String> faults = StartupChecks.faults(config);
        if (!faults.isEmpty()) {
            throw new StartupException(faults);
        }
        StartupChecks.warnings(config).forEach(LOG::warn);
        return new Wiring(config, parts);
    }

    /**
     * Starts to consume; returns before the first partition is assigned. On a failure everything
     * that has started is closed.
     *
     * @throws StartupException when the page's address, the broker, the registry or the release
     *     cannot be used
     */
    public void start() throws StartupException, InterruptedException {
        try {
            port = console.serve(health(), () -> serving.answering().map(Release::id));
            EventSerdes serdes = started.keep("registry client", serdes());
            CompletableFuture<?> contracts =
                    Background.run("register-contracts", () -> register(serdes));
            new BrokerSetup(config).run();
            Background.await(contracts);
            started.keep("decisions", serving.follow(serdes));
            serving.awaitReady();
            // Before the stream, and so closed after it: neither the first result nor the last is
            // missed.
            started.keep("followers", console.follow(serdes));
            StreamEngine streams =
                    new StreamEngine(
                            config,
                            serdes,
                            serving.serving(),
                            parts,
                            console.flow().and(parts.listener()));
            engine = Optional.of(started.keep("streams", streams));
            streams.start();
        } catch (StartupException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** State of the stream. */
    public KafkaStreams.State state() {
        return engine.map(StreamEngine::state).orElse(KafkaStreams.State.CREATED);
    }

    /** Waits until images are consumed; false when that takes longer or the stream stopped. */
    public boolean awaitRunning(Duration longest) throws InterruptedException {
        return engine.isPresent() && engine.get().awaitRunning(longest);
    }

    /** Waits until the stream has stopped, by itself or because it was closed. */
    public void awaitStopped() throws InterruptedException {
        if (engine.isPresent()) {
            engine.get().awaitStopped();
        }
    }

    /** The release that answers, once one does. */
    public Optional<Release> release() {
        return serving.answering();
    }

    /** Address of the page, once {@link #start} has returned. */
    public URI page() {
        return URI.create("http://%s:%d/".formatted(config.console().bind(), port));
    }

    /** Drains and commits what is in flight, then closes everything. May be repeated. */
    @Override
    public void close() {
        started.close();
    }

    private EventSerdes serdes() {
        return new EventSerdes(
                config.registry().url(), Registration.AUTOMATIC, config.registry().properties());
    }

    private Map<String, Integer> register(EventSerdes serdes) {
        return serdes.contracts().register(Topics.all(config.topics().prefix()));
    }

    private Health health() {
        return new Health() {
            @Override
            public boolean live() {
                return state() != KafkaStreams.State.ERROR;
            }

            @Override
            public boolean ready() {
                return state() == KafkaStreams.State.RUNNING;
            }
        };
    }
}
