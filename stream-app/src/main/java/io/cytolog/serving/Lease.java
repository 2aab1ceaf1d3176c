// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.image.ImageBytes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An image's hold on its edition, from recipe to bank: the edition stays open until the last lease
 * is closed. Closing twice does no harm. Any thread may close it.
 */
public final class Lease implements AutoCloseable {

    private final ServedRelease edition;
    private final Runnable giveBack;
    private final Mirrors mirrors;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Finds what takes an image to a shadow. */
    @FunctionalInterface
    interface Mirrors {
        Mirror of(ImageBytes file, String sha256);
    }

    Lease(ServedRelease edition, Runnable giveBack) {
        this(edition, giveBack, (file, sha256) -> Mirror.NONE);
    }

    Lease(ServedRelease edition, Runnable giveBack, Mirrors mirrors) {
        this.edition = edition;
        this.giveBack = giveBack;
        this.mirrors = mirrors;
    }

    public ServedRelease edition() {
        return edition;
    }

    /** What takes the image to a shadow, to be told of its answer. */
    public Mirror mirror(ImageBytes file, String sha256) {
        return mirrors.of(file, sha256);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
