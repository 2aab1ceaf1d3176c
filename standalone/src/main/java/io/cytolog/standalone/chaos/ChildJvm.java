// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this class path in a JVM of its own, which obeys lines on its standard input and
 * ends when that ends, so that none is left behind. Owned by the thread that started it.
 */
final class ChildJvm implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /**
     * @param heap for example {@code 256m}
     * @param log gets what the program prints, behind what is there
     */
    static ChildJvm start(Class<?> program, String heap, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(OPTIONS);
        command.add("-Dcytolog.log=" + log + ".details");
        command.add(program.getName());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Not -cp: ONNX Runtime crashes the JVM when the command line is very long.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new ChildJvm(builder.start());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Gives the program a line; one that has died hears nothing. */
    void say(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // It died before it could listen; whoever owns it sees that.
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * SIGTERM, and SIGKILL when it has not ended in time.
     *
     * @return whether it ended by itself
     */
    boolean terminate(Duration longest) throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            kill();
        }
        return ended;
    }

    /** SIGSTOP: the process stands still, its connections stay open. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
