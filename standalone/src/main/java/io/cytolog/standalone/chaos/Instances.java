// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instances of the stream-app that live now. Owned by one thread. */
final class Instances implements AutoCloseable {

    private static final String HEAP = "256m";

    private record Instance(String name, ChildJvm jvm) {}

    private final ChaosSettings settings;
    private final String broker;
    private final String registry;
    private final Path release;
    private final List<Instance> living = new ArrayList<>();
    private int started;
    private int restarts;

    Instances(ChaosSettings settings, String broker, String registry, Path release) {
        this.settings = settings;
        this.broker = broker;
        this.registry = registry;
        this.release = release;
    }

    /** Starts one more; its state folder is its own. */
    void start() throws IOException {
        String name = "instance-" + ++started;
        Path out = settings.out();
        living.add(
                new Instance(
                        name,
                        ChildJvm.start(
                                InstanceProgram.class,
                                HEAP,
                                List.of(
                                        broker,
                                        registry,
                                        release.toString(),
                                        settings.work().resolve(name).toString(),
                                        settings.control()
                                                ? InstanceProgram.CONTROL
                                                : InstanceProgram.SHIPPED),
                                out.resolve(name + ".log"))));
    }

    int count() {
        return living.size();
    }

    /** Instances that ended by themselves and were started again. */
    int restarts() {
        return restarts;
    }

    String name(int pick) {
        return at(pick).name();
    }

    ChildJvm jvm(int pick) {
        return at(pick).jvm();
    }

    /** Forgets one that was ended on purpose. */
    void remove(int pick) {
        living.remove(Math.floorMod(pick, living.size()));
    }

    /** Starts again what ended by itself, as an orchestrator would. */
    List<String> reviveDead() throws IOException {
        List<String> dead =
                living.stream().filter(i -> !i.jvm().alive()).map(Instance::name).toList();
        living.removeIf(instance -> !instance.jvm().alive());
        for (int i = 0; i < dead.size(); i++) {
            restarts++;
            start();
        }
        return dead;
    }

    private Instance at(int pick) {
        return living.get(Math.floorMod(pick, living.size()));
    }

    @Override
    public void close() {
        living.forEach(instance -> instance.jvm().close());
    }
}
