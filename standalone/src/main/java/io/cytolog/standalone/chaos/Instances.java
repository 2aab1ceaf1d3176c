// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instances of the stream-app that live now. Owned by one thread. */
final class Instances implements AutoCloseable {

    private static final String HEAP = "256m";

    private final ChaosSettings settings;
    private final String broker;
    private final String registry;
    private final List<Instance> living = new ArrayList<>();
    private int started;
    private int restarts;

    Instances(ChaosSettings settings, String broker, String registry) {
        this.settings = settings;
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts one more; its state folder is its own. */
    void start() throws IOException {
        String name = "instance-" + ++started;
        Path state = settings.work().resolve(name);
        String shape = settings.control() ? InstanceProgram.CONTROL : InstanceProgram.SHIPPED;
        living.add(
                new Instance(
                        name,
                        ChildJvm.start(
                                InstanceProgram.class,
                                HEAP,
                                List.of(
                                        broker,
                                        registry,
                                        settings.release().toString(),
                                        state.toString(),
                                        shape),
                                settings.out().resolve(name + ".log"))));
    }

    int count() {
        return living.size();
    }

    /** Instances that ended by themselves and were started again. */
    int restarts() {
        return restarts;
    }

    /** Whether any has images in flight. */
    boolean anyBusy() {
        return living.stream().anyMatch(instance -> instance.inFlight() > 0);
    }

    /** One of those with images in flight, of all when none has. */
    Instance pick(int pick) {
        List<Instance> busy = living.stream().filter(each -> each.inFlight() > 0).toList();
        List<Instance> choice = busy.isEmpty() ? living : busy;
        return choice.get(Math.floorMod(pick, choice.size()));
    }

    /** Forgets one that was ended on purpose. */
    void remove(Instance instance) {
        living.remove(instance);
    }

    /** Starts again what ended by itself, as an orchestrator would. */
    List<String> reviveDead() throws IOException {
        List<String> dead =
                living.stream().filter(i -> !i.jvm().alive()).map(Instance::name).toList();
        living.removeIf(instance -> dead.contains(instance.name()));
        for (int i = 0; i < dead.size(); i++) {
            restarts++;
            start();
        }
        return dead;
    }

    /** Where the threads of those that live stand, for whoever has to find out what hangs. */
    void dumpThreads() throws IOException, InterruptedException {
        for (Instance each : living) {
            each.jvm().dumpThreads(settings.out().resolve(each.name() + ".threads"));
        }
    }

    @Override
    public void close() {
        living.forEach(instance -> instance.jvm().close());
    }
}
