// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.Loopback;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.standalone.chaos.FaultPlan.Fault;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * One run: a broker and instances in processes of their own, a feed, the planned faults, and the
 * audit of what was committed. One thread runs it; any may ask it to stop.
 */
public final class Chaos {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(90);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration FREEZE = Duration.ofSeconds(9);
    private static final int STALL_MILLIS = 600;
    private static final int LONG_STALL_MILLIS = 7_000;
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final String BROKER_HEAP = "384m";

    private final ChaosSettings settings;
    private final FaultPlan plan;
    private final ChaosListener listener;
    private final BooleanSupplier stop;
    private final int brokerPort;
    private final Map<FaultKind, Integer> done = new LinkedHashMap<>();
    private ChildJvm broker;

    private Chaos(
            ChaosSettings settings, FaultPlan plan, ChaosListener listener, BooleanSupplier stop)
            throws IOException {
        this.settings = settings;
        this.plan = plan;
        this.listener = listener;
        this.stop = stop;
        this.brokerPort = Loopback.freePort();
        this.broker = startBroker();
    }

    /** So many kills and what goes with them; every seed is a plan of its own. */
    public static Verdict run(
            ChaosSettings settings,
            long seed,
            int kills,
            ChaosListener listener,
            BooleanSupplier stop)
            throws IOException, InterruptedException {
        FaultPlan plan =
                settings.control() ? FaultPlan.ofKills(seed, kills) : FaultPlan.of(seed, kills);
        Files.createDirectories(settings.out());
        Files.createDirectories(settings.work());
        Chaos chaos = new Chaos(settings, plan, listener, stop);
        try {
            return chaos.play();
        } catch (ExecutionException e) {
            throw new IOException("the broker did not answer: " + e.getCause(), e.getCause());
        } finally {
            chaos.broker.close();
        }
    }

    private Verdict play() throws IOException, InterruptedException, ExecutionException {
        long began = System.nanoTime();
        Path release = settings.work().resolve("release");
        TinyRelease.write(release);
        try (EmbeddedRegistry registry =
                        EmbeddedRegistry.start(RegistryHome.located(), settings.work());
                Instances instances = new Instances(settings, address(), registry.url(), release)) {
            createTopics(registry.url());
            for (int i = 0; i < settings.instances(); i++) {
                instances.start();
            }
            try (NumberedFeed feed = new NumberedFeed(address(), registry.url());
                    Audit audit = new Audit(address(), registry.url())) {
                var publishing =
                        CompletableFuture.runAsync(
                                () -> feed.publish(ENDLESS, settings.perSecond()));
                awaitFirst(audit, feed, instances);
                for (Fault fault : plan.faults()) {
                    watch(fault.pause(), audit, feed, instances);
                    if (stop.getAsBoolean()) {
                        throw new InterruptedException("stopped");
                    }
                    meet(fault, instances);
                }
                watch(Duration.ofSeconds(5), audit, feed, instances);
                feed.stop();
                publishing.join();
                finish(audit, feed, instances);
                return verdict(audit, feed, instances, began);
            }
        }
    }

    // --- faults --------------------------------------------------------------------------------

    private void meet(Fault fault, Instances instances) throws IOException, InterruptedException {
        int pick = fault.pick();
        done.merge(fault.kind(), 1, Integer::sum);
        boolean onBroker = fault.kind() == FaultKind.BOUNCE || fault.kind() == FaultKind.CRASH;
        listener.event(
                "%s %s"
                        .formatted(
                                fault.kind().name().toLowerCase(Locale.ROOT),
                                onBroker
                                        ? "broker"
                                        : fault.kind() == FaultKind.JOIN
                                                ? "one more"
                                                : instances.name(pick)));
        switch (fault.kind()) {
            case KILL -> {
                instances.jvm(pick).kill();
                instances.remove(pick);
                instances.start();
            }
            case STOP -> stop(instances, pick);
            case JOIN -> instances.start();
            case BOUNCE -> {
                broker.terminate(STOP_PATIENCE);
                broker = startBroker();
            }
            case CRASH -> {
                broker.kill();
                broker = startBroker();
            }
            case STALL -> instances.jvm(pick).say("stall " + STALL_MILLIS);
            case LONG_STALL -> instances.jvm(pick).say("stall " + LONG_STALL_MILLIS);
            case FAIL -> instances.jvm(pick).say("fail 1");
            case FREEZE -> {
                instances.jvm(pick).freeze();
                Thread.sleep(FREEZE);
                instances.jvm(pick).thaw();
            }
        }
    }

    /** One beyond the number at the start is not replaced. */
    private void stop(Instances instances, int pick) throws IOException, InterruptedException {
        if (!instances.jvm(pick).terminate(STOP_PATIENCE)) {
            listener.event(instances.name(pick) + " did not end in time and was killed");
        }
        instances.remove(pick);
        if (instances.count() < settings.instances()) {
            instances.start();
        }
    }

    // --- watching ------------------------------------------------------------------------------

    private void awaitFirst(Audit audit, NumberedFeed feed, Instances instances)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (audit.read() == 0) {
            checkUnderWay(instances, audit, feed);
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "no outcome within %s; see the logs in %s"
                                .formatted(START_PATIENCE, settings.out()));
            }
        }
    }

    private void watch(Duration time, Audit audit, NumberedFeed feed, Instances instances)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until && !stop.getAsBoolean()) {
            audit.read();
            checkUnderWay(instances, audit, feed);
        }
    }

    private void finish(Audit audit, NumberedFeed feed, Instances instances)
            throws IOException, InterruptedException {
        long seen = System.nanoTime();
        int before = audit.outcomes();
        // A control never gets there: it ends when nothing more comes.
        Duration patience = settings.control() ? Duration.ofSeconds(25) : NO_PROGRESS;
        while (audit.outcomes() < feed.sent()
                && System.nanoTime() - seen < patience.toNanos()
                && !stop.getAsBoolean()) {
            if (audit.read() > before) {
                before = audit.outcomes();
                seen = System.nanoTime();
            }
            checkUnderWay(instances, audit, feed);
        }
        // A repetition would come within a few commit intervals.
        watch(Duration.ofSeconds(3), audit, feed, instances);
    }

    private void checkUnderWay(Instances instances, Audit audit, NumberedFeed feed)
            throws IOException {
        if (!broker.alive()) {
            throw new IOException(
                    "the broker ended by itself; see " + settings.out().resolve("broker.log"));
        }
        for (String name : instances.reviveDead()) {
            listener.event(name + " ended by itself and was started again");
        }
        int met = done.values().stream().mapToInt(Integer::intValue).sum();
        listener.progress(feed.sent(), audit.outcomes(), met, plan.faults().size());
    }

    private Verdict verdict(Audit audit, NumberedFeed feed, Instances instances, long began)
            throws InterruptedException, ExecutionException {
        int images = feed.sent();
        List<String> pending;
        try (GroupState group = new GroupState(address(), "cytolog")) {
            pending = settings.control() ? List.of() : group.settle(SETTLING);
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (FaultKind kind : FaultKind.values()) {
            if (done.containsKey(kind)) {
                counts.put(kind.plural(), done.get(kind));
            }
        }
        return new Verdict(
                plan.seed(),
                settings.control(),
                images,
                feed.refused(),
                audit.lost(images),
                audit.repeated(images),
                audit.misrouted(),
                audit.disorder(),
                pending,
                instances.restarts(),
                counts,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    // --- parts ---------------------------------------------------------------------------------

    private ChildJvm startBroker() throws IOException {
        return ChildJvm.start(
                BrokerProgram.class,
                BROKER_HEAP,
                List.of(settings.work().resolve("broker").toString(), Integer.toString(brokerPort)),
                settings.out().resolve("broker.log"));
    }

    private String address() {
        return Loopback.HOST + ":" + brokerPort;
    }

    /** Waits for the broker as well. */
    private void createTopics(String registry)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()));
                EventSerdes serdes = new EventSerdes(registry)) {
            admin.createTopics(
                            Topics.all().stream()
                                    .map(topic -> topic.creation(settings.partitions()))
                                    .toList())
                    .all()
                    .get();
            serdes.contracts().register(Topics.all());
        } catch (KafkaException e) {
            throw new IOException("the broker did not start; see " + settings.out(), e);
        }
    }
}
