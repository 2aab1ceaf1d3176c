// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compose file: accepted by its readers, closed to the outside, bounded, pinned. */
class ComposeFileTest {
    private static final String FILE = "docker-compose.yml";
    private static final JsonNode COMPOSE = Checkout.yaml(FILE);
    private static final Set<String> RUN_ONCE = Set.of("topics", "connectors");

    @Test
    void dockerComposeAcceptsIt() {
        // Given
        var compose = Program.orSkip("docker-compose", "docker-compose");

        // When
        var run = compose.run("-f", FILE, "config", "-q");

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void composeSpecificationAcceptsIt() {
        // Given
        var checker = SchemaChecker.orSkip();

        // When
        var run = checker.check("compose.mjs", Checkout.path(FILE));

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void composeSpecificationRefusesAMisspeltLimit() throws IOException {
        // Given
        var checker = SchemaChecker.orSkip();
        var misspelt = Checkout.SCRATCH.resolve("misspelt-compose.yml");
        Files.writeString(misspelt, Checkout.text(FILE).replace("mem_limit:", "memory_limit:"));

        // When
        var run = checker.check("compose.mjs", misspelt);

        // Then
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
    }

    @Test
    void hasTheWholeStack() {
        assertThat(COMPOSE.get("services").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "broker",
                        "topics",
                        "registry",
                        "connect",
                        "connectors",
                        "stream-app",
                        "prometheus",
                        "grafana");
        assertThat(COMPOSE.has("name")).as("older docker-compose refuses a name").isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void opensPortsOnLoopbackOnly(String name, JsonNode service) {
        assertThat(service.path("ports"))
                .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        assertThat(service.has("network_mode")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void pinsItsImage(String name, JsonNode service) {
        assertThat(service.get("image").asText()).matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void boundsItsResources(String name, JsonNode service) {
        assertThat(service.get("mem_limit").asText()).matches("\\d+[mg]");
        assertThat(service.get("cpus").asDouble()).isBetween(0.1, 2.0);
        assertThat(service.get("pids_limit").asInt()).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void givesUpPrivileges(String name, JsonNode service) {
        assertThat(service.get("cap_drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(service.get("security_opt").toString()).contains("no-new-privileges:true");
        assertThat(service.path("privileged").asBoolean()).isFalse();
        assertThat(service.path("user").asText()).doesNotStartWith("root").doesNotStartWith("0");
        assertThat(service.path("volumes").toString()).doesNotContain("docker.sock");
        assertThat(service.get("read_only").asBoolean()).isEqualTo(!name.equals("broker"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void tellsHowItFares(String name, JsonNode service) {
        if (RUN_ONCE.contains(name)) {
            assertThat(service.get("restart").asText()).isEqualTo("on-failure");
        } else {
            assertThat(service.get("restart").asText()).isEqualTo("unless-stopped");
            assertThat(service.at("/healthcheck/test").size()).isPositive();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void waitsForHealthNotForStart(String name, JsonNode service) {
        assertThat(service.path("depends_on").properties())
                .allSatisfy(
                        dependency ->
                                assertThat(dependency.getValue().get("condition").asText())
                                        .isEqualTo(
                                                RUN_ONCE.contains(dependency.getKey())
                                                        ? "service_completed_successfully"
                                                        : "service_healthy"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void mountsFilesThatExistAndVolumesThatAreDeclared(String name, JsonNode service) {
        assertThat(service.path("volumes"))
                .map(JsonNode::asText)
                .filteredOn(volume -> !volume.startsWith("${"))
                .allSatisfy(
                        volume -> {
                            var source = volume.substring(0, volume.indexOf(':'));
                            if (source.startsWith("./")) {
                                assertThat(Checkout.path(source)).exists();
                                assertThat(volume).endsWith(":ro");
                            } else {
                                assertThat(COMPOSE.get("volumes").has(source)).isTrue();
                            }
                        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void holdsNoSecretAndNoUnknownSetting(String name, JsonNode service) {
        var known = ConfigPaths.variables();
        assertThat(service.path("environment").fieldNames())
                .toIterable()
                .noneMatch(key -> key.matches("(?i).*(password|secret|token|credential).*"))
                .allSatisfy(
                        key ->
                                assertThat(!key.startsWith("CYTOLOG_") || known.contains(key))
                                        .isTrue());
    }

    @Test
    void runsTheVersionsThatTheBuildTests() {
        // Given
        var expected =
                Map.of(
                        "broker", "apache/kafka:" + System.getProperty("cytolog.kafka.version"),
                        "topics", "apache/kafka:" + System.getProperty("cytolog.kafka.version"),
                        "registry",
                                "apicurio/apicurio-registry:"
                                        + System.getProperty("cytolog.apicurio.version"),
                        "stream-app", "cytolog/stream-app:" + System.getProperty("cytolog.version"),
                        "connect", "cytolog/connect:" + System.getProperty("cytolog.version"),
                        "connectors", "cytolog/connect:" + System.getProperty("cytolog.version"));

        // Then
        assertThat(expected)
                .allSatisfy(
                        (service, image) ->
                                assertThat(
                                                COMPOSE.at("/services/%s/image".formatted(service))
                                                        .asText())
                                        .isEqualTo(image));
    }

    static Stream<Object[]> services() {
        return StreamSupport.stream(COMPOSE.get("services").properties().spliterator(), false)
                .map(service -> new Object[] {service.getKey(), service.getValue()});
    }
}
