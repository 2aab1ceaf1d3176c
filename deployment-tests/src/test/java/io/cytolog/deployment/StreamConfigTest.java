// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The one configuration of the stream-app, as shipped. */
class StreamConfigTest {
    private static final JsonNode CONFIG = Checkout.yaml("deploy/cytolog.yaml");

    @Test
    void hasEveryAgreedSettingAndNoOther() {
        assertThat(ConfigPaths.paths("", CONFIG))
                .containsExactlyInAnyOrder(
                        "application-id",
                        "topics.prefix",
                        "kafka.bootstrap-servers",
                        "kafka.properties",
                        "registry.url",
                        "release.path",
                        "inference.device",
                        "inference.threads",
                        "batch.max-size",
                        "batch.max-delay",
                        "batch.max-bytes",
                        "gate.max-bytes",
                        "gate.max-side",
                        "gate.max-pixels",
                        "decode.threads",
                        "barrier.timeout",
                        "commit.interval",
                        "streams.threads",
                        "streams.cache",
                        "streams.state-dir",
                        "console.bind",
                        "console.port");
    }

    @Test
    void staysOnThisMachineUnlessToldOtherwise() {
        assertThat(CONFIG.at("/console/bind").asText()).isEqualTo("127.0.0.1");
        assertThat(CONFIG.at("/kafka/bootstrap-servers").asText()).startsWith("localhost:");
    }
}
