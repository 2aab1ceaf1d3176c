// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleServerTest {

    private final RunningConsole console = new RunningConsole();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        console.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/app.js, text/javascript",
        "/app.css, text/css",
        "/icon.svg, image/svg+xml",
        "/api/status, application/json",
        "/api/recent, application/json",
        "/metrics, text/plain",
        "/health/live, text/plain"
    })
    void sendsEverythingWithSecurityHeaders(String path, String type) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith(type);
        assertThat(header(response, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.headers().map().keySet())
                .doesNotContain("server", "access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8080, 200",
        "127.0.0.1:8080, 200",
        "[::1]:8080, 200",
        "10.1.2.3, 200",
        "lab.example:8080, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "lab.example.evil.example, 403"
    })
    void refusesHostNamesThatAreNotItsOwn(String host, int status) throws IOException {
        assertThat(statusWithHost("/api/status", host)).isEqualTo(status);
    }

    @Test
    void answersProbesUnderAnyName() throws IOException {
        assertThat(statusWithHost("/health/ready", "pod-7.cluster.local")).isEqualTo(200);
        assertThat(statusWithHost("/metrics", "stream-app:8080")).isEqualTo(200);
    }

    @Test
    void saysWhenItIsNotReady() throws Exception {
        // Given
        console.ready = false;

        // When
        HttpResponse<String> ready = get("/health/ready");

        // Then
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsItsStatus() throws Exception {
        // Given
        console.cell(0);
        console.cell(2);
        console.rejection(1);

        // When
        JsonNode status = new JsonMapper().readTree(get("/api/status").body());

        // Then
        assertThat(status.get("images").asLong()).isEqualTo(2);
        assertThat(status.get("cells").asLong()).isEqualTo(2);
        assertThat(status.get("abstainedShare").asDouble()).isEqualTo(0.5);
        assertThat(status.get("rejected").asLong()).isEqualTo(1);
        assertThat(status.get("lagRecords").asLong()).isEqualTo(3);
        assertThat(status.get("timeLagSeconds").asDouble()).isEqualTo(0.24);
        assertThat(status.get("p50Ms").asLong()).isBetween(40L, 60L);
        assertThat(status.get("releaseId").asText()).isEqualTo(SyntheticFeed.RELEASE);
        assertThat(status.get("ready").asBoolean()).isTrue();
    }

    @Test
    void remembersRecentEventsInOrder() throws Exception {
        // Given
        console.cell(0);
        console.rejection(1);
        console.summary(0);

        // When
        JsonNode recent = new JsonMapper().readTree(get("/api/recent").body());

        // Then
        assertThat(recent.findValuesAsText("kind"))
                .containsSubsequence("ANNOTATED", "REJECTED", "SUMMARISED");
        assertThat(recent.get(0).at("/event/cells/0/sentences/0/text").asText())
                .startsWith("A mature neutrophil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void sendsTheCellsPicture(String extension) throws Exception {
        // Given
        console.cell(0);

        // When
        HttpResponse<byte[]> response =
                client.send(
                        request("/cells/%s/0.%s".formatted(SyntheticFeed.resultId(0), extension)),
                        BodyHandlers.ofByteArray());

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(response.body())).getWidth())
                .isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.png", "0.gif", "-1.png", "0", "99999999999.png", "..%2f..%2fetc.png"})
    void knowsNoOtherPictures(String name) throws Exception {
        // Given
        console.cell(0);

        // When
        int status = get("/cells/%s/%s".formatted(SyntheticFeed.resultId(0), name)).statusCode();

        // Then
        assertThat(status).isIn(400, 404);
    }

    @Test
    void sendsTheFeedFromWhereABrowserLeftOff() throws Exception {
        // Given
        console.cell(0);
        console.cell(1);
        List<String> first = feed(2, "");
        String lastId = idOf(first.get(0));

        // When
        List<String> again = feed(1, lastId);

        // Then
        assertThat(first).hasSize(2);
        assertThat(again.getFirst()).contains(SyntheticFeed.resultId(1));
    }

    @Test
    void boundsHowManyWatch() throws Exception {
        // Given
        List<InputStream> watching = new ArrayList<>();
        for (int i = 0; i < RunningConsole.MOST_WATCHERS; i++) {
            watching.add(openFeed("").body());
        }
        await().until(() -> console.feed.watchers() == RunningConsole.MOST_WATCHERS);

        // When
        int status = openFeed("").statusCode();

        // Then
        assertThat(status).isEqualTo(503);
        for (InputStream stream : watching) {
            stream.close();
        }
        console.cell(0);
        await().until(
                        () -> {
                            console.cell(1);
                            return console.feed.watchers() == 0;
                        });
    }

    @Test
    void saysWhatToDoAboutABusyPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new RunningConsole(taken.getLocalPort()))
                    .isInstanceOf(ConsoleUnavailableException.class)
                    .hasMessage(
                            "console.port=%d is in use; stop the other program or set console.port"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void saysWhatToDoAboutAForeignAddress() {
        ConsoleSettings settings = new ConsoleSettings("192.0.2.1", 0, Set.of());

        assertThatThrownBy(() -> RunningConsole.listening(settings))
                .isInstanceOf(ConsoleUnavailableException.class)
                .hasMessageStartingWith("console.bind=192.0.2.1 is no address of this machine");
    }

    private List<String> feed(int events, String lastId) throws Exception {
        List<String> data = new ArrayList<>();
        try (InputStream body = openFeed(lastId).body();
                var lines =
                        new java.io.BufferedReader(
                                new java.io.InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            while (data.size() < events) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.add(id + " " + line);
                }
            }
        }
        return data;
    }

    private static String idOf(String event) {
        return event.substring(0, event.indexOf(' '));
    }

    private HttpResponse<InputStream> openFeed(String lastId) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(console.url("/api/feed")))
                        .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(console.url(path))).build();
    }

    /** By hand, since Java's own client does not let a caller choose the Host. */
    private int statusWithHost(String path, String host) throws IOException {
        URI at = URI.create(console.url(path));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort())) {
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
