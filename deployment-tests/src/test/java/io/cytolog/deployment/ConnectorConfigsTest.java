// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The connectors' configurations, as shipped, before the connectors that they configure. */
class ConnectorConfigsTest {
    private static final Set<String> OF_CONNECT =
            Set.of("connector.class", "tasks.max", "topics", "exactly.once.support");

    @TempDir private static Path folder;

    @ParameterizedTest
    @MethodSource("files")
    void itsConnectorAcceptsIt(String file) throws ReflectiveOperationException {
        // Given
        var settings = settings(file);
        var connector = connector(settings);

        // When
        var config = connector.validate(settings);

        // Then
        assertThat(config.configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
        assertThat(settings.keySet())
                .filteredOn(key -> !OF_CONNECT.contains(key))
                .allMatch(connector.config().names()::contains);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theClusterGetsItToo(String file) {
        assertThat(Checkout.text("deploy/kustomization.yaml"))
                .contains("- connect/connectors/" + file);
    }

    @Test
    void readAndWriteWhereTheContainersHaveTheirFolders() {
        // Given
        var source = raw("folder-images.json");
        var sink = raw("slide-files.json");

        // When
        var mounts = Checkout.yaml("docker-compose.yml").at("/services/connect/volumes").toString();

        // Then
        assertThat(mounts)
                .contains(":%s:ro\"".formatted(source.get("folder").asText()))
                .contains(":%s\"".formatted(sink.get("out").asText()));
    }

    static Stream<String> files() throws IOException {
        try (var list = Files.list(Checkout.path("deploy/connect/connectors"))) {
            return list.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** As the worker sees it: the environment's values filled in, on folders that exist. */
    private static Map<String, String> settings(String file) {
        return raw(file).properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> filled(entry.getValue())));
    }

    private static String filled(JsonNode value) {
        var text = value.asText();
        return switch (text) {
            case "/images" -> folder.toString();
            case "/var/lib/cytolog/results" -> folder.resolve("results").toString();
            case "${env:CYTOLOG_REGISTRY_URL}" -> "http://registry:8080/apis/ccompat/v7";
            default -> text;
        };
    }

    private static JsonNode raw(String file) {
        return Checkout.json("deploy/connect/connectors/" + file);
    }

    private static Connector connector(Map<String, String> settings)
            throws ReflectiveOperationException {
        var type = Class.forName(settings.get("connector.class"));
        return (Connector) type.getDeclaredConstructor().newInstance();
    }
}
