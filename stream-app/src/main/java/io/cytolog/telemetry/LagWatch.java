// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the lag at a steady pace, so that scrapes and pages never wait for the broker. The watch's
 * own thread owns the probe; {@link #latest} may be asked by any.
 */
public final class LagWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LagProbe probe;
    private final LagListener listener;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<Lag> latest = Optional.empty();
    private boolean failing;

    /**
     * @param probe closed with the watch
     * @param pause between two readings
     */
    public LagWatch(LagProbe probe, LagListener listener, Duration pause) {
        this.probe = probe;
        this.listener = listener;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("lag-watch").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** The last reading; empty when there is none that still holds. */
    public Optional<Lag> latest() {
        return latest;
    }

    private void run() {
        try (probe) {
            do {
                read();
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        try {
            Lag lag = probe.read();
            latest = Optional.of(lag);
            listener.lagRead(lag);
            failing = false;
        } catch (KafkaException e) {
            latest = Optional.empty();
            listener.lagUnknown();
            tellOnce(e);
        }
    }

    private void tellOnce(KafkaException e) {
        if (!failing && closing.getCount() > 0) {
            LOG.warn("lag unknown: reason={}", String.valueOf(e.getMessage()));
        }
        failing = true;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            // An interrupt would meet Kafka's clients while they close, which they take badly.
            if (!thread.join(GRACE)) {
                thread.interrupt();
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
