// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.workload;

import java.io.Closeable;
import java.io.IOException;

/**
 * A row's side of the word with its parent: it says {@code ready}, works until its input ends, then
 * stops cleanly. The input also ends when the parent dies, so no row outlives a bench.
 */
public final class RowProcess {

    /** What a row says when it consumes. */
    public static final String READY = "ready";

    /** Starts what the row is made of. */
    @FunctionalInterface
    public interface Start {
        Closeable start(RowSettings settings) throws Exception;
    }

    private RowProcess() {}

    /** Runs a row to its end and ends the process. */
    public static void run(String[] arguments, Start start) {
        int code = 0;
        try (Closeable _ = start.start(RowSettings.of(arguments))) {
            System.out.println(READY);
            System.out.flush();
            awaitEndOfInput();
        } catch (Throwable e) {
            e.printStackTrace();
            code = 1;
        }
        // Not exit: a peer's threads that do not end must not hold the bench up.
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }
}
