// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Connect's REST API is told about a configuration. */
class FolderSourceConnectorTest {
    @TempDir Path root;

    private final FolderSourceConnector connector = new FolderSourceConnector();

    @Test
    void namesEveryFaultOfAConfigurationAtOnce() {
        // Given
        Map<String, String> config = config();
        config.put("folder", root.resolve("missing").toString());
        config.put("max.poll.files", "0");
        config.put("image.kind", "TISSUE");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        // When
        List<ConfigValue> faults =
                connector.validate(config).configValues().stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .toList();
        // Then
        assertThat(faults)
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder(
                        "folder", "max.poll.files", "image.kind", "value.converter");
    }

    @Test
    void refusesAMissingFolderInOneLine() {
        // Given
        Map<String, String> config = config();
        config.put("folder", "no/such/folder");
        // When, Then
        assertThatThrownBy(() -> connector.start(config))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "folder=no/such/folder is not a folder on this worker;"
                                + " create it, mount it or correct the path");
    }

    @Test
    void givesEveryTaskItsOwnLanes() {
        // Given
        connector.start(config());
        // When
        List<Map<String, String>> tasks = connector.taskConfigs(2);
        // Then
        assertThat(tasks).hasSize(2);
        assertThat(new FolderSourceConfig(tasks.get(0)).lanes().buckets())
                .doesNotContainAnyElementsOf(
                        new FolderSourceConfig(tasks.get(1)).lanes().buckets());
    }

    @Test
    void supportsExactlyOnceAndOffsetResets() {
        // Given
        Map<Map<String, ?>, Map<String, ?>> reset = new HashMap<>();
        reset.put(Map.of("root", "/images", "bucket", "0001"), null);
        // When, Then
        assertThat(connector.exactlyOnceSupport(config())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.alterOffsets(config(), reset)).isTrue();
    }

    private Map<String, String> config() {
        Map<String, String> config = new HashMap<>();
        config.put("name", "images-in");
        config.put("connector.class", FolderSourceConnector.class.getName());
        config.put("folder", root.toString());
        config.put("schema.registry.url", "http://127.0.0.1:1");
        return config;
    }
}
