// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a failure of ours: the thread is replaced and its records come again. What no replay can
 * mend (permissions, configuration) stops the client instead. Failures in a row are answered ever
 * more slowly. Called by dying stream threads, several at once.
 */
public final class ReplaceThread implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaceThread.class);
    private static final Duration IN_A_ROW = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;

    private final AtomicLong lastFailure = new AtomicLong(System.nanoTime() - IN_A_ROW.toNanos());
    private final AtomicInteger inARow = new AtomicInteger();

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (isBeyondReplay(failure)) {
            LOG.error("stream stops: no replay can mend this", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration pause = pause();
        LOG.error("stream thread is replaced, its images come again pause={}", pause, failure);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isBeyondReplay(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException
                    || cause instanceof InvalidConfigurationException
                    || cause instanceof TopologyException) {
                return true;
            }
        }
        return false;
    }

    /** Nothing for a lone failure, then 250 ms doubled up to 10 s. */
    private Duration pause() {
        long now = System.nanoTime();
        boolean again = now - lastFailure.getAndSet(now) < IN_A_ROW.toNanos();
        int before = again ? inARow.incrementAndGet() : reset();
        Duration pause =
                before == 0
                        ? Duration.ZERO
                        : Duration.ofMillis(125L << Math.min(before, MOST_DOUBLINGS + 1));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private int reset() {
        inARow.set(0);
        return 0;
    }
}
