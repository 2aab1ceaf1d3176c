// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes overlays as kubectl renders them: valid, bounded, watched, tied together. */
class ManifestsTest {
    private static final List<String> WORKLOADS = List.of("StatefulSet", "Deployment", "Job");

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void everyManifestFitsItsSchema(String overlay) throws IOException {
        // Given
        var rendered = Overlays.render(overlay);
        var checker = SchemaChecker.orSkip();
        var file = Checkout.SCRATCH.resolve(overlay + ".yaml");
        Files.writeString(file, rendered);

        // When
        var run = checker.check("manifests.mjs", file);

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void theSchemaCheckRefusesAMisspeltProbe() throws IOException {
        // Given
        var rendered = Overlays.render("cpu").replace("readinessProbe:", "readynessProbe:");
        var checker = SchemaChecker.orSkip();
        var file = Checkout.SCRATCH.resolve("misspelt.yaml");
        Files.writeString(file, rendered);

        // When
        var run = checker.check("manifests.mjs", file);

        // Then
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains("unknown field").contains("readynessProbe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void everyContainerIsBoundedAndUnprivileged(String overlay) {
        // When
        var pods = pods(Overlays.documents(overlay)).toList();

        // Then
        assertThat(pods).hasSize(4).allSatisfy(ManifestsTest::isRestricted);
        assertThat(pods.stream().flatMap(pod -> elements(pod.get("containers"))))
                .allSatisfy(
                        container -> {
                            var resources = container.get("resources");
                            assertThat(resources.at("/limits/memory").asText()).isNotEmpty();
                            assertThat(resources.at("/limits/cpu").asText()).isNotEmpty();
                            assertThat(resources.at("/requests/memory").asText()).isNotEmpty();
                            assertThat(container.get("image").asText()).matches(".+:\\d+\\..+");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void theStreamAppIsProbedAtItsConsole(String overlay) {
        // When
        var app = streamApp(Overlays.documents(overlay));

        // Then
        assertThat(app.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(app.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(app.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(app.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void settingsStandForPathsOfTheConfiguration(String overlay) {
        // Given
        var manifests = Overlays.documents(overlay);

        // When
        var settings =
                named(manifests, "ConfigMap")
                        .flatMap(map -> map.get("data").properties().stream())
                        .map(entry -> entry.getKey())
                        .filter(key -> key.startsWith("CYTOLOG_"))
                        .toList();

        // Then
        assertThat(settings)
                .contains("CYTOLOG_INFERENCE_DEVICE", "CYTOLOG_KAFKA_BOOTSTRAP_SERVERS")
                .allSatisfy(setting -> assertThat(ConfigPaths.variables()).contains(setting));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void theClusterGetsTheSameFilesAsCompose(String overlay) {
        // When
        var files =
                named(Overlays.documents(overlay), "ConfigMap")
                        .flatMap(map -> map.get("data").properties().stream())
                        .toList();

        // Then
        assertThat(files)
                .anySatisfy(file -> isFile(file.getValue(), "deploy/cytolog.yaml"))
                .anySatisfy(file -> isFile(file.getValue(), "deploy/topics/create-topics"))
                .anySatisfy(file -> isFile(file.getValue(), "deploy/connect/register-connectors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void scalingStopsWhereThePartitionsDo(String overlay) {
        // Given
        var manifests = Overlays.documents(overlay);
        var config = Checkout.yaml("deploy/cytolog.yaml");

        // When
        var scaled = named(manifests, "ScaledObject").findFirst().orElseThrow().get("spec");

        // Then
        int threads = config.at("/streams/threads").asInt();
        assertThat(scaled.get("maxReplicaCount").asInt() * threads)
                .isLessThanOrEqualTo(partitions(manifests));
        assertThat(scaled.get("minReplicaCount").asInt()).isPositive();
        var trigger = scaled.at("/triggers/0/metadata");
        assertThat(trigger.get("consumerGroup")).isEqualTo(config.get("application-id"));
        assertThat(trigger.get("topic").asText())
                .isEqualTo(config.at("/topics/prefix").asText() + "images.captured");
        assertThat(named(manifests, "StatefulSet"))
                .allSatisfy(set -> assertThat(set.at("/spec").has("replicas")).isFalse());
    }

    @Test
    void onlyTheGpuOverlayAsksForAGpu() {
        // Given
        var cpu = Overlays.documents("cpu");
        var gpu = Overlays.documents("gpu");

        // Then
        assertThat(Overlays.render("cpu")).doesNotContain("nvidia.com/gpu").contains("DEVICE: cpu");
        assertThat(streamApp(gpu).at("/resources/limits").get("nvidia.com/gpu").asText())
                .isEqualTo("1");
        assertThat(streamApp(gpu).get("image").asText())
                .isEqualTo(streamApp(cpu).get("image").asText() + "-gpu");
        assertThat(Overlays.render("gpu")).contains("DEVICE: cuda");
    }

    private static void isFile(JsonNode content, String file) {
        assertThat(content.asText()).isEqualTo(Checkout.text(file));
    }

    private static void isRestricted(JsonNode pod) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.get("automountServiceAccountToken").asBoolean()).isFalse();
        assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(elements(pod.get("containers")))
                .allSatisfy(
                        container -> {
                            var context = container.get("securityContext");
                            assertThat(context.get("allowPrivilegeEscalation").asBoolean(true))
                                    .isFalse();
                            assertThat(context.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                            assertThat(context.at("/capabilities/drop/0").asText())
                                    .isEqualTo("ALL");
                        });
    }

    private static int partitions(List<JsonNode> manifests) {
        return named(manifests, "ConfigMap")
                .map(map -> map.at("/data/CYTOLOG_TOPICS_PARTITIONS"))
                .filter(JsonNode::isTextual)
                .mapToInt(JsonNode::asInt)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode streamApp(List<JsonNode> manifests) {
        var set = named(manifests, "StatefulSet").findFirst().orElseThrow();
        return set.at("/spec/template/spec/containers/0");
    }

    private static Stream<JsonNode> pods(List<JsonNode> manifests) {
        return WORKLOADS.stream()
                .flatMap(kind -> named(manifests, kind))
                .map(workload -> workload.at("/spec/template/spec"));
    }

    private static Stream<JsonNode> named(List<JsonNode> manifests, String kind) {
        return manifests.stream().filter(manifest -> manifest.get("kind").asText().equals(kind));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
