// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program of this machine that judges our files; a test that needs it skips where it is absent.
 */
record Program(Path executable) {
    private static final long SECONDS = 120;

    /** How a run ended: its exit code, and what it printed on both streams. */
    record Finished(int exit, String output) {}

    static Program orSkip(String name, String debianPackage) {
        var found = find(name);
        assumeTrue(
                found.isPresent(),
                () -> "%s is not on the PATH: install %s".formatted(name, debianPackage));
        return new Program(found.orElseThrow());
    }

    Finished run(String... arguments) {
        return run(Checkout.ROOT, Map.of(), arguments);
    }

    Finished run(Path directory, Map<String, String> environment, String... arguments) {
        var command = Stream.concat(Stream.of(executable.toString()), Stream.of(arguments));
        var builder = new ProcessBuilder(command.toList()).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            var log = Files.createTempFile(Checkout.SCRATCH, "run", ".log");
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            var process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "%s took over %d s".formatted(List.of(arguments), SECONDS));
            }
            var output = Files.readString(log);
            Files.delete(log);
            return new Finished(process.exitValue(), output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + executable, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + executable, e);
        }
    }

    private static Optional<Path> find(String name) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
