// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.standalone.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of ours in a process of its own. It says READY on its output when it stands, may say
 * more lines after, and ends when its input does, so that it never outlives this process. One
 * thread reads its lines.
 */
final class ChildJvm implements AutoCloseable {

    private static final String READY = "READY ";
    private static final long PATIENCE_SECONDS = 45;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param log where its error output goes, and with it what it logs
     */
    static ChildJvm start(
            String name,
            Path log,
            List<String> jvmOptions,
            Class<?> program,
            List<String> arguments)
            throws IOException {
        ProcessBuilder builder = JavaProgram.of(jvmOptions, program, arguments);
        return new ChildJvm(name, log, builder.redirectError(log.toFile()).start());
    }

    /** What it says when it stands. */
    List<String> awaitReady() throws IOException {
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith(READY)) {
                return List.of(line.substring(READY.length()).split(" "));
            }
            line = lines.readLine();
        }
        throw new IOException("the %s did not start; its log is %s".formatted(name, log));
    }

    /** Its next line; empty when it has ended. */
    Optional<String> nextLine() throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends its input and waits for it to go; kills it when it does not. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** For the child: says that it stands. */
    static void sayReady(String... words) {
        System.out.println(READY + String.join(" ", words));
    }

    /** For the child: waits until the parent closes or is gone. */
    static void awaitParent() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is ever said.
        }
    }
}
