// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.apache.kafka.connect.util.FutureCallback;

/**
 * A real Kafka Connect worker in standalone mode in this JVM. It finds our plugins on the class
 * path, passes record values through as bytes, keeps source offsets in a file and serves its REST
 * API on the loopback address. Owned by the thread that starts it.
 *
 * <p>Put together here rather than by {@code ConnectStandalone}, which would end the process on a
 * failure and stop the worker from a shutdown hook of its own, before or after us.
 */
public final class EmbeddedConnect implements AutoCloseable {
    private static final long DEPLOY_SECONDS = 30;

    private final Herder herder;
    private final ConnectRestServer rest;

    private EmbeddedConnect(Herder herder, ConnectRestServer rest) {
        this.herder = herder;
        this.rest = rest;
    }

    /**
     * Starts a worker against the given broker; source offsets are kept in {@code workDirectory}.
     */
    public static EmbeddedConnect start(String bootstrapServers, Path workDirectory)
            throws IOException {
        Files.createDirectories(workDirectory);
        var settings = settings(bootstrapServers, workDirectory);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        var plugins = new Plugins(settings);
        plugins.compareAndSwapWithDelegatingLoader();
        try {
            return start(plugins, new StandaloneConfig(settings));
        } finally {
            Plugins.compareAndSwapLoaders(before);
        }
    }

    /** Address of Connect's REST API. */
    public String url() {
        return rest.advertisedUrl().toString();
    }

    /** Creates a connector and waits until its configuration is accepted. */
    public void deploy(String name, Map<String, String> config) throws IOException {
        var withName = new HashMap<>(config);
        withName.put("name", name);
        var created = new FutureCallback<Herder.Created<ConnectorInfo>>();
        herder.putConnectorConfig(name, withName, false, created);
        try {
            created.get(DEPLOY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("connector %s was not accepted".formatted(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while deploying connector " + name, e);
        }
    }

    /** State of a connector and of its tasks, with the trace of one that failed. */
    public ConnectorStateInfo status(String name) {
        return herder.connectorStatus(name);
    }

    /** Stops one connector and its tasks; what a sink holds is flushed. */
    public void stop(String name) {
        herder.stopConnector(name, (error, ignored) -> {});
    }

    @Override
    public void close() {
        rest.stop();
        herder.stop();
    }

    private static EmbeddedConnect start(Plugins plugins, StandaloneConfig config) {
        var rest =
                new ConnectRestServer(
                        config.rebalanceTimeout(), new RestClient(config), config.originals());
        rest.initializeServer();
        var overrides = new AllConnectorClientConfigOverridePolicy();
        var offsets =
                new FileOffsetBackingStore(
                        plugins.newInternalConverter(
                                true,
                                JsonConverter.class.getName(),
                                Map.of("schemas.enable", "false")));
        offsets.configure(config);
        String workerId = rest.advertisedUrl().getAuthority();
        var worker = new Worker(workerId, Time.SYSTEM, plugins, config, offsets, overrides);
        var herder = new StandaloneHerder(worker, config.kafkaClusterId(), overrides);
        herder.start();
        rest.initializeResources(herder);
        return new EmbeddedConnect(herder, rest);
    }

    private static Map<String, String> settings(String bootstrapServers, Path workDirectory) {
        String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
        var settings = new HashMap<String, String>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("key.converter", bytes);
        settings.put("value.converter", bytes);
        settings.put("offset.storage.file.filename", workDirectory.resolve("offsets").toString());
        settings.put("offset.flush.interval.ms", "500");
        settings.put("consumer.isolation.level", "read_committed");
        settings.put("plugin.discovery", "service_load");
        settings.put("listeners", "http://%s:0".formatted(Loopback.HOST));
        settings.put("producer.max.request.size", String.valueOf(4 << 20));
        return settings;
    }
}
