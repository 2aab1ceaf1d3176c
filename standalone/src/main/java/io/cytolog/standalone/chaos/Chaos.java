// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.chaos.FaultPlan.Fault;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
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

    private static final String GROUP = "cytolog";
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration NO_PROGRESS = Duration.ofMinutes(3);

    /** Far beyond any transaction's time-out: what is open for so long hangs. */
    private static final Duration HANGS = Duration.ofMinutes(1);

    private static final Duration LONGEST_WAIT_FOR_WORK = Duration.ofMinutes(1);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final ChaosSettings settings;
    private final FaultPlan plan;
    private final ChaosListener listener;
    private final BooleanSupplier stop;
    private final BrokerProcess broker;
    private final String registry;
    private final Instances instances;
    private final NumberedFeed feed;
    private final Audit live;
    private final Saboteur saboteur;
    private final long began = System.nanoTime();
    private int hanging;

    private Chaos(
            ChaosSettings settings,
            FaultPlan plan,
            ChaosListener listener,
            BooleanSupplier stop,
            BrokerProcess broker,
            String registry,
            Instances instances,
            NumberedFeed feed,
            Audit live) {
        this.settings = settings;
        this.plan = plan;
        this.listener = listener;
        this.stop = stop;
        this.broker = broker;
        this.registry = registry;
        this.instances = instances;
        this.feed = feed;
        this.live = live;
        this.saboteur = new Saboteur(broker, instances, settings.instances(), listener);
    }

    /**
     * Every seed is a plan of its own.
     *
     * @param stop asks for an early end
     * @throws InterruptedException when it was stopped
     */
    public static Verdict run(
            ChaosSettings settings, long seed, ChaosListener listener, BooleanSupplier stop)
            throws IOException, InterruptedException {
        FaultPlan plan = FaultPlan.of(seed, settings.kills(), settings.longestPause());
        Files.createDirectories(settings.out());
        Files.createDirectories(settings.work());
        try (BrokerProcess broker =
                        new BrokerProcess(
                                settings.work().resolve("broker"),
                                settings.out().resolve("broker.log"));
                EmbeddedRegistry registry =
                        EmbeddedRegistry.start(RegistryHome.located(), settings.work())) {
            createTopics(settings, broker.address(), registry.url());
            try (Instances instances = new Instances(settings, broker.address(), registry.url());
                    NumberedFeed feed = new NumberedFeed(broker.address(), registry.url());
                    Audit live = new Audit(broker.address(), registry.url())) {
                return new Chaos(
                                settings,
                                plan,
                                listener,
                                stop,
                                broker,
                                registry.url(),
                                instances,
                                feed,
                                live)
                        .play();
            }
        } catch (ExecutionException e) {
            throw new IOException("the broker did not answer: " + e.getCause(), e.getCause());
        }
    }

    /** Waits for the broker as well. */
    private static void createTopics(ChaosSettings settings, String broker, String registry)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker));
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

    private Verdict play() throws IOException, InterruptedException, ExecutionException {
        for (int i = 0; i < settings.instances(); i++) {
            instances.start();
        }
        var publishing =
                CompletableFuture.runAsync(() -> feed.publish(ENDLESS, settings.perSecond()));
        try {
            awaitFirst();
            breakThings();
        } finally {
            feed.stop();
        }
        while (!publishing.isDone()) {
            watch(Duration.ofMillis(100));
        }
        List<String> pending = settle();
        // A repetition would come within a few commit intervals.
        watch(CALM);
        return verdict(pending);
    }

    private void awaitFirst() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (live.outcomes() == 0) {
            watch(Duration.ofMillis(100));
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "no outcome within %s; see the logs in %s"
                                .formatted(START_PATIENCE, settings.out()));
            }
        }
    }

    private void breakThings() throws IOException, InterruptedException {
        long until = System.nanoTime() + settings.longest().toNanos();
        for (Fault fault : plan.faults()) {
            watch(fault.pause());
            if (!fault.hasty()) {
                awaitWork();
            }
            if (System.nanoTime() - until >= 0) {
                return;
            }
            saboteur.meet(fault);
        }
        watch(CALM);
    }

    // --- watching ------------------------------------------------------------------------------

    /** So that a fault finds something to break. */
    private void awaitWork() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT_FOR_WORK.toNanos();
        while (!instances.anyBusy() && System.nanoTime() < deadline) {
            tend();
            Thread.sleep(5);
        }
    }

    private void watch(Duration time) throws IOException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        do {
            live.read();
            tend();
        } while (System.nanoTime() < until);
    }

    private void tend() throws IOException, InterruptedException {
        if (stop.getAsBoolean()) {
            throw new InterruptedException("stopped");
        }
        broker.tend();
        for (String name : instances.reviveDead()) {
            listener.event(name + " ended by itself and was started again");
        }
        listener.progress(
                live.published(), live.outcomes(), saboteur.count(), plan.faults().size());
    }

    /** What is still pending when nothing moves any more; empty when nothing is. */
    private List<String> settle() throws IOException, InterruptedException, ExecutionException {
        try (Pending pending = new Pending(broker.address(), GROUP)) {
            long moved = System.nanoTime();
            int before = live.outcomes();
            List<String> open = pending.now(instances.count());
            while (!open.isEmpty() && System.nanoTime() - moved < NO_PROGRESS.toNanos()) {
                watch(Duration.ofMillis(500));
                if (live.outcomes() > before) {
                    before = live.outcomes();
                    moved = System.nanoTime();
                }
                if (hanging == 0 && System.nanoTime() - moved > HANGS.toNanos()) {
                    open.forEach(listener::event);
                    hanging = pending.abortHanging();
                }
                open = pending.now(instances.count());
            }
            if (!open.isEmpty()) {
                instances.dumpThreads();
            }
            return open;
        }
    }

    /** From a second reading, from the beginning: what stands there, not what passed by. */
    private Verdict verdict(List<String> pending) {
        try (Audit audit = new Audit(broker.address(), registry)) {
            audit.readToEnd();
            int missing = Math.abs(feed.sent() - audit.published());
            return new Verdict(
                    plan.seed(),
                    settings.control(),
                    audit.published(),
                    missing + audit.publishedTwice(),
                    audit.lost(),
                    audit.repeated(),
                    audit.misrouted(),
                    audit.disorder(),
                    pending,
                    hanging,
                    instances.restarts(),
                    saboteur.lateStops(),
                    saboteur.done(),
                    saboteur.loadedKills(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
    }
}
