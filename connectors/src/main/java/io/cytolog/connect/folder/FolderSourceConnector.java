// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import io.cytolog.connect.PluginVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Publishes the images of a folder tree on {@code images.captured}, each once. */
public final class FolderSourceConnector extends SourceConnector {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return PluginVersion.current();
    }

    @Override
    public ConfigDef config() {
        return FolderSourceConfig.DEFINITION;
    }

    /** Also refuses a converter that would wrap the bytes into something no reader expects. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        for (String key : List.of("key.converter", "value.converter")) {
            String converter = connectorConfigs.get(key);
            if (converter != null && !converter.equals(BYTES)) {
                ConfigValue value = new ConfigValue(key);
                value.addErrorMessage(
                        "%s=%s would wrap the record; use %s".formatted(key, converter, BYTES));
                config.configValues().add(value);
            }
        }
        return config;
    }

    @Override
    public void start(Map<String, String> props) {
        // Read once for its faults, so that they show on the connector and not on every task.
        new FolderSourceConfig(props).root();
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FolderSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Lanes.shared(maxTasks).stream()
                .map(
                        lanes -> {
                            Map<String, String> task = new HashMap<>(settings);
                            task.put(FolderSourceConfig.LANES, lanes);
                            return task;
                        })
                .toList();
    }

    /** A record's offset holds all that is needed to go on behind it, so Connect can pair them. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** Offsets may be removed over the REST API, to publish a folder again; not edited. */
    @Override
    public boolean alterOffsets(
            Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        return offsets.values().stream().allMatch(offset -> offset == null);
    }

    @Override
    public void stop() {
        // The tasks hold everything that is open.
    }
}
