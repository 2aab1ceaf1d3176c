// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.standalone.EmbeddedConnect;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo.AbstractState;

/** The two connectors of the demo: a folder of images in, files of results out. */
final class DemoConnectors implements AutoCloseable {

    private static final String SOURCE = "images";
    private static final String SINK = "results";

    private final EmbeddedConnect connect;

    private DemoConnectors(EmbeddedConnect connect) {
        this.connect = connect;
    }

    static DemoConnectors deploy(EmbeddedConnect connect, String registryUrl, DemoSettings settings)
            throws IOException {
        connect.deploy(SOURCE, source(registryUrl, settings));
        connect.deploy(SINK, sink(registryUrl, settings));
        return new DemoConnectors(connect);
    }

    /** The first line of what a connector or a task failed with. */
    Optional<String> failure() {
        return Stream.of(SOURCE, SINK).flatMap(this::failures).findFirst();
    }

    /** Whether the sink committed these offsets, which it does when the files are on disk. */
    boolean resultsWritten(Admin admin, Map<Integer, Long> upTo) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets("connect-" + SINK)
                            .partitionsToOffsetAndMetadata()
                            .get();
            return upTo.entrySet().stream()
                    .allMatch(part -> offset(committed, part.getKey()) >= part.getValue());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sink's offsets cannot be read", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        // The worker stops them.
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, int partition) {
        var at = committed.get(new TopicPartition(Topics.SLIDES_SUMMARISED.name(), partition));
        return at == null ? 0 : at.offset();
    }

    private Stream<String> failures(String connector) {
        ConnectorStateInfo status = connect.status(connector);
        return Stream.concat(Stream.of(status.connector()), status.tasks().stream())
                .filter(state -> state.state().equals("FAILED"))
                .map(AbstractState::trace)
                .map(trace -> connector + ": " + trace.lines().findFirst().orElse("no detail"));
    }

    private static Map<String, String> source(String registryUrl, DemoSettings settings) {
        var config = new HashMap<String, String>();
        config.put("connector.class", "io.cytolog.connect.folder.FolderSourceConnector");
        config.put("tasks.max", "1");
        config.put("folder", settings.images().root().toString());
        config.put("topic", Topics.IMAGES_CAPTURED.name());
        config.put("file.glob", "*.{%s}".formatted(String.join(",", ImageFolder.EXTENSIONS)));
        config.put("image.kind", settings.kind().name());
        config.put("stable.ms", "200");
        config.put("schema.registry.url", registryUrl);
        return config;
    }

    private static Map<String, String> sink(String registryUrl, DemoSettings settings) {
        var config = new HashMap<String, String>();
        config.put("connector.class", "io.cytolog.connect.result.SlideFileSinkConnector");
        config.put("tasks.max", "1");
        config.put("topics", Topics.SLIDES_SUMMARISED.name());
        config.put("out", settings.out().toString());
        config.put("schema.registry.url", registryUrl);
        return config;
    }
}
