// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.standalone.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this class path in a JVM of its own, which obeys lines on its standard input, tells
 * of itself in lines on its standard output and ends when its input ends, so that none is left
 * behind. Owned by the thread that started it; a thread of its own keeps the last line.
 */
final class ChildJvm implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private static final int DUMP_PATIENCE_SECONDS = 10;

    private final Process process;
    private volatile String said = "";

    private ChildJvm(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("hear-" + process.pid()).start(this::hear);
    }

    /**
     * @param heap for example {@code 256m}
     * @param log gets the program's standard error, behind what is there
     */
    static ChildJvm start(Class<?> program, String heap, List<String> arguments, Path log)
            throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-Xmx" + heap);
        options.add("-Dcytolog.log=" + log + ".details");
        options.add("-Dcytolog.log.level=INFO");
        ProcessBuilder builder = JavaProgram.of(options, program, arguments);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ChildJvm(builder.start());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The last line of its standard output; empty before the first. */
    String said() {
        return said;
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
        // Not Process.destroy, which closes the standard input as well, and with that the program.
        process.toHandle().destroy();
        boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            kill();
        }
        return ended;
    }

    /**
     * SIGSTOP, and SIGCONT after a while: the process stands still, its connections stay open. A
     * shell sees to both, so that the process wakes up, and ends, even if this one is gone by then.
     */
    void freeze(Duration time) throws IOException {
        String pid = Long.toString(process.pid());
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP \"$1\"; sleep \"$2\"; kill -CONT \"$1\"",
                        "freeze",
                        pid,
                        Long.toString(time.toSeconds()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Writes down where its threads stand, when the JDK has the tool for it. */
    void dumpThreads(Path file) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jstack");
        if (Files.isExecutable(tool)) {
            Process dump =
                    new ProcessBuilder(tool.toString(), Long.toString(process.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(file.toFile())
                            .start();
            if (!dump.waitFor(DUMP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                dump.destroyForcibly();
            }
        }
    }

    private void hear() {
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said = line;
            }
        } catch (IOException e) {
            // It was killed in the middle of a line.
        }
    }

    /** SIGKILL; waits, since what it writes to is deleted next. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
