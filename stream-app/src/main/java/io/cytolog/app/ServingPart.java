// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.decision.DecisionListener;
import io.cytolog.decision.DecisionReader;
import io.cytolog.decision.Decisions;
import io.cytolog.release.Release;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serving.AnnouncedServing;
import io.cytolog.serving.EditionFailedException;
import io.cytolog.serving.Serving;
import io.cytolog.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What answers and what decides about it. The configured release begins to load at once, which
 * needs no broker; what was announced follows. Any thread may ask how far it is.
 */
final class ServingPart implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final AppConfig config;
    private final InstantSource clock;
    private final AnnouncedServing serving;

    ServingPart(AppConfig config, Parts parts, Telemetry telemetry) {
        this.config = config;
        this.clock = parts.clock();
        this.serving =
                new AnnouncedServing(
                        new EditionMaking(config, parts, telemetry),
                        // An image that waits holds up those behind it, and their commit with it.
                        config.barrier().timeout().dividedBy(4),
                        telemetry.serving());
        serving.keep(clock.instant());
    }

    Serving serving() {
        return serving;
    }

    /** The release that answers, once one does. */
    Optional<Release> answering() {
        return serving.answering();
    }

    /** Follows decisions until the result is closed; their topics exist by now. */
    AutoCloseable follow(EventSerdes serdes) throws StartupException, InterruptedException {
        DecisionReader reader =
                DecisionReader.start(
                        StreamSettings.client(config),
                        serdes,
                        config.topics().prefix(),
                        config.release().channel(),
                        new Following());
        try {
            reader.caughtUp().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return reader;
        } catch (ExecutionException | TimeoutException e) {
            reader.close();
            throw new StartupException(
                    "announced releases and sentences cannot be read within %d s; check the broker and the registry"
                            .formatted(PATIENCE_SECONDS),
                    e);
        }
    }

    /** Waits until the release for images of now is read, open and warm. */
    void awaitReady() throws StartupException, InterruptedException {
        try {
            serving.awaitReady(clock.instant());
        } catch (EditionFailedException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        serving.close();
    }

    private final class Following implements DecisionListener {

        @Override
        public void decided(Decisions decisions) {
            serving.decided(decisions.releases(), decisions.sentences(), clock.instant());
        }

        @Override
        public void timePassed() {
            serving.keep(clock.instant());
        }
    }
}
