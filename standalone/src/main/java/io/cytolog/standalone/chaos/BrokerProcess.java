// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.standalone.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A broker in a process of its own that comes back on the same port with the same log. Owned by one
 * thread.
 */
final class BrokerProcess implements AutoCloseable {

    private static final String HEAP = "384m";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    private final Path folder;
    private final Path log;
    private final int port;
    private ChildJvm jvm;
    private boolean away;
    private long backAt;

    /**
     * @param folder for its log
     * @param log for what it prints
     */
    BrokerProcess(Path folder, Path log) throws IOException {
        this.folder = folder;
        this.log = log;
        this.port = Loopback.freePort();
        this.jvm = start();
    }

    /** For {@code bootstrap.servers}. */
    String address() {
        return Loopback.HOST + ":" + port;
    }

    /** SIGTERM, and back at once. */
    void bounce() throws IOException, InterruptedException {
        jvm.terminate(STOP_PATIENCE);
        comeBack();
    }

    /** SIGKILL, and back at once. */
    void crash() throws IOException, InterruptedException {
        jvm.kill();
        comeBack();
    }

    /** SIGKILL, and back after a while. */
    void leave(Duration time) throws InterruptedException {
        jvm.kill();
        away = true;
        backAt = System.nanoTime() + time.toNanos();
    }

    /**
     * Starts it again when its absence is over.
     *
     * @throws IOException when it ended by itself
     */
    void tend() throws IOException {
        if (away && System.nanoTime() - backAt >= 0) {
            comeBack();
        }
        if (!away && !jvm.alive()) {
            throw new IOException("the broker ended by itself; see " + log);
        }
    }

    private void comeBack() throws IOException {
        away = false;
        jvm = start();
    }

    private ChildJvm start() throws IOException {
        return ChildJvm.start(
                BrokerProgram.class, HEAP, List.of(folder.toString(), Integer.toString(port)), log);
    }

    @Override
    public void close() {
        jvm.close();
    }
}
