// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that puts connectors into a Connect cluster, before a stand-in of its REST API. */
class RegisterConnectorsTest {
    private static final String RUNNING =
            "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"id\":0,\"state\":\"%s\"}]}";

    private final List<String> puts = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> refusal = new AtomicReference<>("");
    private final AtomicReference<String> taskState = new AtomicReference<>("RUNNING");
    private HttpServer connect;

    @TempDir private Path folder;

    @BeforeEach
    void startConnect() throws IOException {
        connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        connect.createContext("/connectors/", this::answer);
        connect.start();
        Files.writeString(folder.resolve("scanner.json"), "{\"tasks.max\":\"1\"}");
    }

    @AfterEach
    void stopConnect() {
        connect.stop(0);
    }

    @Test
    void putsEachFileUnderItsName() {
        // When
        var run = register();

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).isEqualTo("connector scanner runs\n");
        assertThat(puts).containsExactly("/connectors/scanner/config {\"tasks.max\":\"1\"}");
    }

    @Test
    void saysWhatConnectRefuses() {
        // Given
        refusal.set("{\"error_code\":400,\"message\":\"folder /images is not there\"}");

        // When
        var run = register();

        // Then
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output())
                .contains("connector scanner was not accepted")
                .contains("folder /images is not there");
        assertThat(puts).as("a wrong configuration is not sent again").hasSize(1);
    }

    @Test
    void failsWhenATaskFails() {
        // Given
        taskState.set("FAILED");

        // When
        var run = register();

        // Then
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains("connector scanner does not run").contains("FAILED");
    }

    private Program.Finished register() {
        Program.orSkip("curl", "curl");
        var url = "http://%s:%d".formatted("127.0.0.1", connect.getAddress().getPort());
        return Program.orSkip("bash", "bash")
                .run(
                        Checkout.ROOT,
                        Map.of("CONNECT_URL", url, "no_proxy", "127.0.0.1"),
                        "deploy/connect/register-connectors",
                        folder.toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("PUT")) {
                puts.add(path + " " + body);
                boolean refused = !refusal.get().isEmpty();
                send(exchange, refused ? 400 : 201, refused ? refusal.get() : "{}");
            } else {
                send(exchange, 200, RUNNING.formatted(taskState.get()));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
