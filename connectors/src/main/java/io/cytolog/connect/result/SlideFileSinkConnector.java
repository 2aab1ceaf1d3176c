// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.connect.PluginVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes each summary of {@code slides.summarised} as a JSON and an HL7 file. */
public final class SlideFileSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return PluginVersion.current();
    }

    @Override
    public ConfigDef config() {
        return SlideFileSinkConfig.DEFINITION;
    }

    @Override
    public void start(Map<String, String> props) {
        // Read once for its faults, so that they show on the connector and not on every task.
        new SlideFileSinkConfig(props).parties();
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return SlideFileSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, settings);
    }

    /** Any reset will do: a summary that comes again is written again or passed over. */
    @Override
    public boolean alterOffsets(
            Map<String, String> connectorConfig,
            Map<org.apache.kafka.common.TopicPartition, Long> offsets) {
        return true;
    }

    @Override
    public void stop() {
        // The tasks hold everything that is open.
    }
}
