// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own. Says lines on its standard output, ends when its input ends. Owned
 * by one thread; a daemon thread reads its lines.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    /** Natives, and what Flink and the parallel consumer open by reflection. */
    private static final List<String> DOORS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final String name;
    private final Path log;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Thread.ofPlatform().daemon().name(name + "-lines").start(this::readLines);
    }

    /**
     * Starts a program.
     *
     * @param log where its standard error goes
     */
    public static ChildJvm start(String name, Program program, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.options());
        command.addAll(DOORS);
        command.add("-Dlogback.configurationFile=io/cytolog/bench/workload/logback.xml");
        command.add(program.main());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not -cp: a command line longer than 4,096 bytes has crashed the runtime before.
        builder.environment().put("CLASSPATH", program.classPath());
        builder.redirectError(log.toFile());
        return new ChildJvm(name, log, builder.start());
    }

    /** The class path of this JVM. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path", "") + File.pathSeparator;
    }

    /** The next line that starts with a word. */
    public String await(String start, Duration longest) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(start)) {
                return line;
            }
            if (line == null && !process.isAlive()) {
                throw new IOException(
                        "%s ended with code %d; its log is %s"
                                .formatted(name, process.exitValue(), log));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "%s did not say '%s' within %d s; its log is %s"
                                .formatted(name, start, longest.toSeconds(), log));
            }
        }
    }

    /** What it has cost so far. */
    public ProcessCost cost() {
        return ProcessCost.of(process.toHandle());
    }

    public boolean alive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It has ended.
        }
    }
}
