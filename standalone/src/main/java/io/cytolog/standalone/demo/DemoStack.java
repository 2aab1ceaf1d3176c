// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedConnect;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.Loopback;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Everything that the demo runs: broker and registry start side by side, Connect when there is a
 * broker, the stream and the connectors when there are both. The command's thread owns it.
 */
final class DemoStack implements AutoCloseable {

    private static final int PARTITIONS = 2;

    private final Parts parts = new Parts();
    private final DemoSettings settings;
    private final Path work;
    private final StartLog log;
    private final int brokerPort;
    private final int registryPort;

    private final CompletableFuture<EmbeddedBroker> broker;
    private final CompletableFuture<EmbeddedRegistry> registry;
    private final CompletableFuture<EmbeddedConnect> connect;
    private final CompletableFuture<EventSerdes> serdes;
    private final CompletableFuture<Admin> admin;
    private final CompletableFuture<InProcessStream> stream;
    private final CompletableFuture<FeedReader> reader;
    private final CompletableFuture<DemoConnectors> connectors;

    private DemoStack(
            DemoSettings settings,
            Path work,
            StartLog log,
            List<FeedListener> listeners,
            InstantSource clock)
            throws IOException {
        this.settings = settings;
        this.work = work;
        this.log = log;
        this.brokerPort = Loopback.freePort();
        this.registryPort = Loopback.freePort();
        registry = parts.start("registry", this::startRegistry);
        broker = parts.start("broker", this::startBroker);
        admin = parts.startAfter(broker, "topics", this::createTopics);
        connect = parts.startAfter(admin, "Connect", this::startConnect);
        serdes = parts.startAfter(registry, "contracts", this::registerContracts);
        var both = CompletableFuture.allOf(admin, serdes);
        reader = parts.startAfter(both, "reader", () -> startReader(listeners, clock));
        var loading = parts.start("stream-app", this::loadStream);
        stream =
                parts.startAfter(
                        CompletableFuture.allOf(both, loading),
                        "stream",
                        () -> startStream(loading.join()));
        connectors =
                parts.startAfter(
                        CompletableFuture.allOf(connect, stream),
                        "connectors",
                        this::startConnectors);
    }

    /**
     * Starts everything and lets the images in.
     *
     * @param stop ends the start early when it completes
     * @return empty when it was ended early; then everything is closed again
     */
    static Optional<DemoStack> start(
            DemoSettings settings,
            Path work,
            StartLog log,
            List<FeedListener> listeners,
            InstantSource clock,
            CompletableFuture<Void> stop)
            throws IOException, InterruptedException {
        var stack = new DemoStack(settings, work, log, listeners, clock);
        var all = CompletableFuture.allOf(stack.reader, stack.stream, stack.connectors);
        try {
            CompletableFuture.anyOf(all, stop).get();
        } catch (ExecutionException e) {
            stack.close();
            throw refused(e.getCause());
        } catch (InterruptedException e) {
            stack.close();
            throw e;
        }
        if (!all.isDone()) {
            stack.close();
            return Optional.empty();
        }
        return Optional.of(stack);
    }

    /** Address of the page. */
    String page() {
        return stream.join().page();
    }

    /** Why the demo can no longer come to its end, when it cannot. */
    Optional<String> failure() {
        return reader.join()
                .failure()
                .map(e -> "reading the topics failed: " + e.getMessage())
                .or(() -> stream.join().failure())
                .or(() -> connectors.join().failure());
    }

    /** Whether the sink has put all summaries before these offsets into files. */
    boolean resultsWritten(Map<Integer, Long> upTo) {
        return connectors.join().resultsWritten(admin.join(), upTo);
    }

    @Override
    public void close() {
        parts.close();
    }

    /** What the user gave is told in its own words, anything else with the part that failed. */
    private static IOException refused(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof InvalidInputException invalid) {
                throw invalid;
            }
        }
        return new IOException("the demo did not start: " + cause.getMessage(), cause);
    }

    private EmbeddedBroker startBroker() throws IOException {
        var up = EmbeddedBroker.start(work.resolve("broker"), brokerPort);
        log.ready("broker", up.bootstrapServers());
        return up;
    }

    private EmbeddedRegistry startRegistry() throws IOException {
        var up = EmbeddedRegistry.start(RegistryHome.located(), work, registryPort);
        log.ready("registry", up.url());
        return up;
    }

    private EmbeddedConnect startConnect() throws IOException {
        var up = EmbeddedConnect.start(bootstrapServers(), work.resolve("connect"));
        log.ready("connect", up.url());
        return up;
    }

    private Admin createTopics() throws InterruptedException {
        var opened = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
        try {
            opened.createTopics(
                            Topics.all().stream().map(topic -> topic.creation(PARTITIONS)).toList())
                    .all()
                    .get();
            return opened;
        } catch (ExecutionException e) {
            opened.close();
            throw new CompletionException("topics were not created", e.getCause());
        }
    }

    private EventSerdes registerContracts() {
        var opened = new EventSerdes(registryUrl());
        opened.contracts().register(Topics.all());
        return opened;
    }

    private FeedReader startReader(List<FeedListener> listeners, InstantSource clock) {
        return new FeedReader(bootstrapServers(), serdes.join(), listeners, clock).start();
    }

    private InProcessStream loadStream() {
        return InProcessStream.of(settings, bootstrapServers(), registryUrl(), work);
    }

    private InProcessStream startStream(InProcessStream loaded)
            throws IOException, InterruptedException {
        loaded.start();
        log.ready("stream", loaded.page());
        return loaded;
    }

    private DemoConnectors startConnectors() throws IOException {
        var up = DemoConnectors.deploy(connect.join(), registryUrl(), settings);
        log.ready("feed", "%,d images".formatted(settings.images().files().size()));
        return up;
    }

    private String bootstrapServers() {
        return "%s:%d".formatted(Loopback.HOST, brokerPort);
    }

    private String registryUrl() {
        return EmbeddedRegistry.url(registryPort);
    }
}
