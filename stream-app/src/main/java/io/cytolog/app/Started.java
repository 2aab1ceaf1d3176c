// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has started, to be closed in reverse. Guarded by itself: a signal may close while it fills.
 */
final class Started implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Started.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closed;

    private record Part(String name, AutoCloseable closeable) {}

    /** Keeps a part to be closed; one that comes too late is closed at once. */
    synchronized <T extends AutoCloseable> T keep(String name, T part) {
        if (closed) {
            close(new Part(name, part));
            throw new IllegalStateException("closed while %s was starting".formatted(name));
        }
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception e) {
            LOG.warn("part does not close part=\"{}\"", part.name(), e);
        }
    }
}
