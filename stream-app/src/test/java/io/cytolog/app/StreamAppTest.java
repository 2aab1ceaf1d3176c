// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who starts the program with something that it cannot use. */
@Timeout(30)
class StreamAppTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsThreeErrorsInOneReportAndStopsWithTwo() throws Exception {
        // When
        int code =
                run(
                        """
                        batch: {max-size: many}
                        gate: {max-side: 1}
                        consol: {port: 80}
                        """);

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "batch.max-size=many is not a whole number in range",
                        "gate.max-side=1 is out of bounds; give 16 to 200000",
                        "consol is not a setting; did you mean console?");
    }

    @Test
    void tellsUnsafeSettings() throws Exception {
        // When
        int code =
                run(
                        """
                        streams: {cache: 0B}
                        inference: {device: cuda}
                        """);

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("streams.cache=0B"))
                .anyMatch(line -> line.startsWith("inference.device=cuda"));
    }

    @Test
    void tellsThatThePagesPortIsTaken() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // When
            int code =
                    run(
                            """
                            console: {port: %d}
                            release: {path: %s}
                            """
                                    .formatted(taken.getLocalPort(), folder.resolve("none")));

            // Then
            assertThat(code).isEqualTo(2);
            assertThat(lines())
                    .singleElement()
                    .asString()
                    .contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void tellsHowItIsUsed() {
        // When
        int code = StreamApp.run(List.of("--help-me"), Map.of(), stream(out), stream(err));

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(lines())
                .containsExactly("--help-me is not understood; usage: StreamApp [--config FILE]");
    }

    private int run(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("cytolog.yaml"), yaml);
        return StreamApp.run(
                List.of("--config", file.toString()), Map.of(), stream(out), stream(err));
    }

    private List<String> lines() {
        return err.toString(UTF_8).lines().toList();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
