// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./cytolog} itself, as far as it goes without building. */
class ScriptTest {

    private static final Path BASH = Path.of("/bin/bash");
    private static final Path SCRIPT = Path.of("../cytolog").toAbsolutePath().normalize();

    @TempDir Path work;

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "no /bin/bash here");
    }

    @Test
    void showsItsUsageWithoutArguments() throws Exception {
        // When
        Ran ran = run(Map.of());

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("./cytolog demo", "./cytolog annotate", "./cytolog test");
    }

    @Test
    void namesTheNearestCommandForOneThatIsNone() throws Exception {
        // When
        Ran ran = run(Map.of(), "anotate");

        // Then
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString().contains("'annotate'");
    }

    @Test
    void saysInOneLineWhatToInstallWhereThereIsNoJdk() throws Exception {
        // Given
        Path tools = Files.createDirectory(work.resolve("bin"));
        for (String tool : new String[] {"dirname", "sed", "head", "env"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        Path script = work.resolve("cytolog");
        String text = Files.readString(SCRIPT).replace("/usr/lib/jvm/*", "/nowhere/*");
        Files.writeString(script, text.replace("/opt/*", "/nowhere/*"));

        // When
        Ran ran =
                run(
                        script,
                        Map.of("PATH", tools.toString(), "HOME", "/nowhere", "JAVA_HOME", "/x"),
                        "demo");

        // Then
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("JDK 25", "JAVA_HOME", "Maven");
    }

    private static Ran run(Map<String, String> environment, String... arguments) throws Exception {
        return run(SCRIPT, environment, arguments);
    }

    private static Ran run(Path script, Map<String, String> environment, String... arguments)
            throws Exception {
        var command = new ArrayList<String>();
        command.add(BASH.toString());
        command.add(script.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }
}
