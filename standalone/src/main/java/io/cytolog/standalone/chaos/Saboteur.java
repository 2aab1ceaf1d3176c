// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.standalone.chaos.FaultPlan.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Does the planned faults and counts them. Owned by one thread. */
final class Saboteur {

    /** Past the session time-out of 6 s, and past the transaction's of 10 s as well. */
    private static final Duration[] FREEZES = {Duration.ofSeconds(9), Duration.ofSeconds(13)};

    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final int STALL_MILLIS = 600;
    private static final int LONG_STALL_MILLIS = 7_000;

    private final BrokerProcess broker;
    private final Instances instances;
    private final int least;
    private final ChaosListener listener;
    private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
    private int loadedKills;
    private int lateStops;

    /**
     * @param least instances; one that is stopped above this number is not replaced
     */
    Saboteur(BrokerProcess broker, Instances instances, int least, ChaosListener listener) {
        this.broker = broker;
        this.instances = instances;
        this.least = least;
        this.listener = listener;
    }

    void meet(Fault fault) throws IOException, InterruptedException {
        done.merge(fault.kind(), 1, Integer::sum);
        if (fault.kind().isOfBroker()) {
            listener.event(fault.kind().verb() + " of the broker");
            meetBroker(fault.kind());
        } else if (fault.kind() == FaultKind.JOIN) {
            listener.event("one more instance joins");
            instances.start();
        } else {
            Instance instance = instances.pick(fault.pick());
            int inFlight = instance.inFlight();
            meetInstance(fault, instance);
            listener.event(
                    "%s %s with %d images in flight"
                            .formatted(fault.kind().verb(), instance.name(), inFlight));
            if (fault.kind() == FaultKind.KILL && inFlight > 0) {
                loadedKills++;
            }
        }
    }

    /** How many of each kind were done, by their plural, in the order of the kinds. */
    Map<String, Integer> done() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        done.forEach((kind, count) -> counts.put(kind.plural(), count));
        return counts;
    }

    int count() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Kills that found images in flight. */
    int loadedKills() {
        return loadedKills;
    }

    /** Instances that did not drain and leave in time. */
    int lateStops() {
        return lateStops;
    }

    private void meetBroker(FaultKind kind) throws IOException, InterruptedException {
        switch (kind) {
            case BOUNCE -> broker.bounce();
            case CRASH -> broker.crash();
            default -> broker.leave(OUTAGE);
        }
    }

    private void meetInstance(Fault fault, Instance instance)
            throws IOException, InterruptedException {
        ChildJvm jvm = instance.jvm();
        switch (fault.kind()) {
            case KILL -> {
                jvm.kill();
                instances.remove(instance);
                instances.start();
            }
            case STALL -> jvm.say("stall " + STALL_MILLIS);
            case LONG_STALL -> jvm.say("stall " + LONG_STALL_MILLIS);
            case FAIL -> jvm.say("fail 1");
            case FREEZE -> jvm.freeze(FREEZES[fault.pick() % FREEZES.length]);
            default -> stop(instance);
        }
    }

    private void stop(Instance instance) throws IOException, InterruptedException {
        if (!instance.jvm().terminate(STOP_PATIENCE)) {
            lateStops++;
            listener.event(instance.name() + " did not end in time and was killed");
        }
        instances.remove(instance);
        if (instances.count() < least) {
            instances.start();
        }
    }
}
