// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import io.cytolog.bench.child.Program;
import io.cytolog.bench.row.BrokerProcess;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Broker and registry in a process of their own, which all rows of a run share. */
public final class Stand implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final ChildJvm process;
    private final String broker;
    private final String registry;
    private final Admin admin;

    private Stand(ChildJvm process, String broker, String registry) {
        this.process = process;
        this.broker = broker;
        this.registry = registry;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker));
    }

    /** Starts them; their log lies below {@code work}. */
    public static Stand start(Path work) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, "broker-");
        Program program =
                new Program(
                        BrokerProcess.class.getName(),
                        ChildJvm.ownClassPath(),
                        List.of(
                                "-Xmx768m",
                                "-XX:+UseSerialGC",
                                "-D" + RegistryHome.PROPERTY + "=" + registryHome()));
        ChildJvm process =
                ChildJvm.start(
                        "broker", program, List.of(folder.toString()), work.resolve("broker.log"));
        try {
            String[] said = process.await("servers ", LONGEST_START).split(" ");
            return new Stand(process, said[1], said[2]);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static String registryHome() {
        return System.getProperty(RegistryHome.PROPERTY, "../standalone/target/registry");
    }

    String broker() {
        return broker;
    }

    String registry() {
        return registry;
    }

    void createTopics(String prefix) throws ExecutionException, InterruptedException {
        admin.createTopics(
                        Topics.all(prefix).stream()
                                .map(topic -> topic.creation(PARTITIONS))
                                .toList())
                .all()
                .get();
    }

    /** So that a long run does not fill the disk. */
    void deleteTopics(String prefix) throws ExecutionException, InterruptedException {
        admin.deleteTopics(Topics.all(prefix).stream().map(Topic::name).toList()).all().get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        process.close();
    }
}
