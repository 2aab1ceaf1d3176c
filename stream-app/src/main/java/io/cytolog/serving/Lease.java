// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An image's hold on its edition, from recipe to bank: the edition stays open until the last lease
 * is closed. Closing twice does no harm. Any thread may close it.
 */
public final class Lease implements AutoCloseable {

    private final ServedRelease edition;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(ServedRelease edition, Runnable giveBack) {
        this.edition = edition;
        this.giveBack = giveBack;
    }

    public ServedRelease edition() {
        return edition;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
