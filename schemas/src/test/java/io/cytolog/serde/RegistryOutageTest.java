// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The genuine client over HTTP: an outage is never taken for a bad record, and the reverse. */
class RegistryOutageTest {

    private static final String TOPIC = "images.captured";
    private static final byte[] SOME_VALUE = {0, 0, 0, 0, 42, 2, 'a'};

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void throwsWhenTheRegistryAnswersWithAFailure() {
        answer(500, "{\"error_code\":50001,\"message\":\"store down\"}");

        assertThatThrownBy(this::read)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("answered 500")
                .hasMessageContaining("store down");
    }

    @Test
    void throwsWhenTheAddressIsAWebServerButNoRegistry() {
        answer(404, "<html>not here</html>");

        assertThatThrownBy(this::read)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("answered 404")
                .hasMessageContaining("check its address");
    }

    @Test
    void throwsWhenNothingListens() {
        server.stop(0);

        assertThatThrownBy(this::read)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("images.captured-value")
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void throwsOnWriteToo() {
        server.stop(0);

        try (var serdes = new EventSerdes(url())) {
            var serializer = serdes.serializer(Topics.IMAGES_CAPTURED);
            assertThatThrownBy(() -> serializer.serialize(TOPIC, Samples.captured()))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void anUnknownIdIsTheRecordsFaultAndAskedForOnce() {
        answer(404, "{\"error_code\":40403,\"message\":\"Schema 42 not found\"}");

        try (var serdes = new EventSerdes(url())) {
            var reader = serdes.readable(Topics.IMAGES_CAPTURED).deserializer();
            for (int i = 0; i < 5; i++) {
                assertThat(reader.deserialize(TOPIC, SOME_VALUE))
                        .isInstanceOf(Readable.Unreadable.class);
            }
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void sendsTheCredentialsOfItsSettings() {
        // Given
        var seen = new StringBuffer();
        server.createContext(
                "/",
                exchange -> {
                    seen.append(exchange.getRequestHeaders().getFirst("Authorization"));
                    exchange.sendResponseHeaders(401, -1);
                    exchange.close();
                });
        var settings =
                Map.of(
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "token-7");

        // When
        try (var serdes = new EventSerdes(url(), Registration.AUTOMATIC, settings)) {
            var contracts = serdes.contracts();
            assertThatThrownBy(() -> contracts.register(Topics.all()))
                    .hasMessageContaining("answered 401");
        }

        // Then
        assertThat(seen).hasToString("Bearer token-7");
    }

    private void answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private void read() {
        try (var serdes = new EventSerdes(url())) {
            serdes.readable(Topics.IMAGES_CAPTURED).deserializer().deserialize(TOPIC, SOME_VALUE);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
