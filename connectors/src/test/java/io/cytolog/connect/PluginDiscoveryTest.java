// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.connect.folder.FolderSourceConnector;
import io.cytolog.connect.result.SlideFileSinkConnector;
import java.util.ServiceLoader;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

/** Whether a worker with plugin.discovery=service_load finds the plugins, with a true version. */
class PluginDiscoveryTest {
    @Test
    void serviceLoaderFindsBothPlugins() {
        // When
        var sources = ServiceLoader.load(SourceConnector.class).stream().toList();
        var sinks = ServiceLoader.load(SinkConnector.class).stream().toList();
        // Then
        assertThat(sources)
                .extracting(ServiceLoader.Provider::type)
                .anyMatch(FolderSourceConnector.class::equals);
        assertThat(sinks)
                .extracting(ServiceLoader.Provider::type)
                .anyMatch(SlideFileSinkConnector.class::equals);
    }

    @Test
    void versionIsTheBuildsAndNotAPlaceholder() {
        assertThat(new FolderSourceConnector().version()).matches("\\d+\\.\\d+.*");
        assertThat(new SlideFileSinkConnector().version())
                .isEqualTo(new FolderSourceConnector().version());
    }
}
