// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one configuration, and each place's variables over it, before the stream-app's own reader.
 */
class StreamConfigTest {

    @Test
    void theShippedFileStaysOnThisMachineUnlessToldOtherwise() throws InvalidConfigException {
        // When
        var config = read(Map.of());

        // Then
        assertThat(config.console().bind()).isEqualTo("127.0.0.1");
        assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.claimCheck().roots()).isEmpty();
    }

    @Test
    void composeSetsWhatTheReaderTakes() throws InvalidConfigException {
        // When
        var config =
                read(
                        texts(
                                Checkout.yaml("docker-compose.yml")
                                        .at("/services/stream-app/environment")));

        // Then
        assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.console().bind()).isEqualTo("0.0.0.0");
        assertThat(config.claimCheck().roots()).containsExactly(Path.of("/images"));
        assertThat(config.topics().partitions()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void theClusterSetsWhatTheReaderTakes(String overlay) throws InvalidConfigException {
        // Given
        var settings = new HashMap<String, String>();
        Overlays.documents(overlay).stream()
                .filter(manifest -> manifest.get("kind").asText().equals("ConfigMap"))
                .map(manifest -> manifest.get("data"))
                .filter(data -> data.fieldNames().next().startsWith("CYTOLOG_"))
                .forEach(data -> settings.putAll(texts(data)));

        // When
        var config = read(settings);

        // Then
        assertThat(config.inference().device()).isEqualTo(overlay.equals("gpu") ? "cuda" : "cpu");
        assertThat(config.topics().replication()).isEqualTo(3);
        assertThat(config.claimCheck().roots()).containsExactly(Path.of("/images"));
    }

    /** Faults throw, and a variable that is no setting would only warn. */
    private static AppConfig read(Map<String, String> environment) throws InvalidConfigException {
        var reader =
                ConfigReader.ofDefaults()
                        .file(Checkout.path("deploy/cytolog.yaml"))
                        .environment(environment);
        var config = reader.read();
        assertThat(reader.warnings()).isEmpty();
        return config;
    }

    private static Map<String, String> texts(JsonNode section) {
        var texts = new HashMap<String, String>();
        section.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
