// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of {@code src/test/node} with what they depend on, installed under target/. */
record NodeProgram(Path folder) {
    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path TARGET = Path.of("target/node");
    private static final int LIMIT_SECONDS = 120;

    /** Installs what the lock file names, once; skips the test where there is no npm. */
    static NodeProgram installed() throws IOException, InterruptedException {
        assumeTrue(
                onPath("npm") && onPath("node"),
                "npm is not on the PATH: install Node.js 20 or later to run the independent reader");
        Files.createDirectories(TARGET);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        TARGET.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var program = new NodeProgram(TARGET);
        Path marker = TARGET.resolve("installed-lock.json");
        Path lock = TARGET.resolve("package-lock.json");
        if (!Files.exists(marker) || Files.mismatch(marker, lock) >= 0) {
            program.command(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
        }
        return program;
    }

    /** What the script printed; fails with what it complained of. */
    String run(String script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return command(command);
    }

    private String command(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve(command.getFirst() + ".out");
        Path complaints = folder.resolve(command.getFirst() + ".err");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(complaints.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s: %s", command, LIMIT_SECONDS, complaints)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(complaints)).isZero();
        return Files.readString(output);
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
