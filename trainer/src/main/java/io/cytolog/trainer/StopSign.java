// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C during training: LibTorch must not be unloaded in the middle of a step, so the process
 * asks the loop to stop and waits for its end. Safe for any thread.
 */
final class StopSign {

    private static final int LONGEST_WAIT_SECONDS = 60;

    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Listens from now on. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop-training"));
    }

    boolean asked() {
        return asked.get();
    }

    /** Lets a waiting process end. */
    void ended() {
        ended.countDown();
    }

    private void stopAndWait() {
        asked.set(true);
        try {
            ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
