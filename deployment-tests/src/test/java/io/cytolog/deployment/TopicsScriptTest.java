// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that compose and Kubernetes create the topics with, before stand-ins of Kafka's. */
class TopicsScriptTest {
    private static final int TOPICS = Topics.all().size();

    @TempDir private Path bin;

    @Test
    void createsEveryTopicOfAnEmptyCluster() throws IOException {
        // When
        var calls =
                calls(
                        List.of(),
                        Map.of(
                                "CYTOLOG_TOPICS_PARTITIONS",
                                "12",
                                "CYTOLOG_TOPICS_REPLICATION",
                                "3"));

        // Then
        assertThat(calls)
                .hasSize(TOPICS)
                .allMatch(call -> call.startsWith("topics --bootstrap-server broker:9092 --create"))
                .allMatch(call -> call.contains("--config=message.timestamp.type=LogAppendTime"))
                .allMatch(call -> call.contains("--config=min.insync.replicas=2"))
                .allMatch(call -> call.contains("--replication-factor 3"))
                .anyMatch(call -> call.contains("--topic images.captured --partitions 12 "))
                .anyMatch(call -> call.contains("--topic releases.announced --partitions 1 "));
    }

    @Test
    void givesEachTopicOfTheCatalogueTheSettingsItNeeds() throws IOException {
        // When
        var calls = calls(List.of(), Map.of());

        // Then
        assertThat(Topics.all())
                .hasSameSizeAs(calls)
                .allSatisfy(
                        topic ->
                                assertThat(calls)
                                        .filteredOn(call -> call.contains(" " + topic.name() + " "))
                                        .singleElement()
                                        .asString()
                                        .contains(options(topic)));
    }

    @Test
    void updatesTheSettingsOfTopicsThatAreThereAndLeavesTheirPartitions() throws IOException {
        // When
        var calls = calls(List.of("images.captured", "other"), Map.of());

        // Then
        assertThat(calls)
                .hasSize(TOPICS)
                .filteredOn(call -> call.contains("images.captured"))
                .singleElement()
                .asString()
                .startsWith("configs --bootstrap-server broker:9092 --alter --entity-type topics")
                .contains("--add-config cleanup.policy=delete,retention.ms=604800000,")
                .doesNotContain("partitions");
    }

    @Test
    void putsThePrefixBeforeEveryName() throws IOException {
        // When
        var calls = calls(List.of("images.captured"), Map.of("CYTOLOG_TOPICS_PREFIX", "lab1."));

        // Then
        assertThat(calls).hasSize(TOPICS).allMatch(call -> call.contains("--topic lab1."));
    }

    @Test
    void saysInOneLineThatTheBrokerIsNotGiven() {
        // Given
        var bash = Program.orSkip("bash", "bash");

        // When
        var run = bash.run("deploy/topics/create-topics");

        // Then
        assertThat(run.exit()).isNotZero();
        assertThat(run.output().lines())
                .singleElement()
                .asString()
                .contains("CYTOLOG_KAFKA_BOOTSTRAP_SERVERS is not set; give host:port of a broker");
    }

    /** The calls that change something, in order, as the script makes them. */
    private List<String> calls(List<String> existing, Map<String, String> settings)
            throws IOException {
        var log = bin.resolve("calls");
        Files.createFile(log);
        standIn(
                "topics",
                """
                if [[ $* == *--list* ]]; then printf '%%s\\n' %s; else echo "topics $*" >>%s; fi
                """
                        .formatted(String.join(" ", existing), log));
        standIn("configs", "echo \"configs $*\" >>%s".formatted(log));
        var environment = new HashMap<>(settings);
        environment.put("KAFKA_BIN", bin.toString());
        environment.put("CYTOLOG_KAFKA_BOOTSTRAP_SERVERS", "broker:9092");
        var run =
                Program.orSkip("bash", "bash")
                        .run(Checkout.ROOT, environment, "deploy/topics/create-topics");
        assertThat(run.exit()).as(run.output()).isZero();
        return Files.readAllLines(log);
    }

    private static List<String> options(Topic<?> topic) {
        return topic.settings().entrySet().stream()
                .map(setting -> "--config=%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toList();
    }

    private void standIn(String name, String body) throws IOException {
        var script = bin.resolve("kafka-%s.sh".formatted(name));
        Files.writeString(script, "#!/usr/bin/env bash\n%s\n".formatted(body));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }
}
