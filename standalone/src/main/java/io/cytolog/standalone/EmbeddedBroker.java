// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real single-node KRaft broker in this JVM, small and on the loopback address only, so that the
 * demo and the tests run against Kafka and not against a stand-in. Owned by the thread that starts
 * it; closing stops its non-daemon threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;

    /**
     * An image of 1 MiB inline with its envelope, and as a dead letter with the original value,
     * must pass.
     */
    private static final int MESSAGE_MAX_BYTES = 4 << 20;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker on a free port; its log lies in {@code dataDirectory}, which is formatted
     * when it is new.
     */
    public static EmbeddedBroker start(Path dataDirectory) throws IOException {
        return start(dataDirectory, Loopback.freePort());
    }

    /** Starts a broker on the given port of the loopback address. */
    public static EmbeddedBroker start(Path dataDirectory, int port) throws IOException {
        Files.createDirectories(dataDirectory);
        int controllerPort = Loopback.freePort();
        if (Files.notExists(dataDirectory.resolve("meta.properties"))) {
            format(dataDirectory);
        }
        var server =
                new KafkaRaftServer(
                        KafkaConfig.fromProps(properties(dataDirectory, port, controllerPort)),
                        Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, Loopback.HOST + ":" + port);
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path dataDirectory) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(dataDirectory.toString())
                    .setMetadataLogDirectory(dataDirectory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + dataDirectory + " for the broker", e);
        }
    }

    private static Properties properties(Path dataDirectory, int port, int controllerPort) {
        String text =
                """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%1$d@%2$s:%4$d
                listeners=PLAINTEXT://%2$s:%3$d,CONTROLLER://%2$s:%4$d
                advertised.listeners=PLAINTEXT://%2$s:%3$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                auto.create.topics.enable=false
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                message.max.bytes=%5$d
                num.io.threads=2
                num.network.threads=2
                num.recovery.threads.per.data.dir=1
                background.threads=2
                log.cleaner.dedupe.buffer.size=4194304
                log.cleaner.io.buffer.size=524288
                log.segment.bytes=67108864
                controlled.shutdown.enable=false
                """
                        .formatted(NODE_ID, Loopback.HOST, port, controllerPort, MESSAGE_MAX_BYTES);
        var properties = new Properties();
        text.lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> properties.setProperty(pair[0], pair[1]));
        properties.setProperty("log.dirs", dataDirectory.toString());
        return properties;
    }
}
