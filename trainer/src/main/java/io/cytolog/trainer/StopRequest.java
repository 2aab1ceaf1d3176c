// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C as a wish: the work sees it after its step, saves and ends; the process waits for that,
 * since LibTorch must not be unloaded in the middle of a step. Safe for any thread.
 */
final class StopRequest {

    private static final int MOST_SECONDS = 60;

    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Says that the work has ended. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** From now until the registration is closed, a shutdown of the process asks and waits. */
    Registration onShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::askAndWait, "stop-training"));
        return ended::countDown;
    }

    boolean asked() {
        return asked.get();
    }

    private void askAndWait() {
        asked.set(true);
        try {
            ended.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
