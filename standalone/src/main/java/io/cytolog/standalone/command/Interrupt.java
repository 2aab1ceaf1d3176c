// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a request: asks the work to stop and holds the JVM until it has, so that
 * nothing is left half closed. Closed by the work's thread when it has ended.
 */
final class Interrupt implements AutoCloseable {

    private static final long LONGEST_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    Interrupt(Runnable stop) {
        this.hook =
                new Thread(
                        () -> {
                            stop.run();
                            awaitEnd();
                        },
                        "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The hook runs: it has been waiting for this.
        }
    }

    private void awaitEnd() {
        try {
            ended.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
