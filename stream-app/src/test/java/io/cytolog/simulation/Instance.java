// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.batch.Batcher;
import io.cytolog.batch.SteppedBatcher;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.schedule.Action;
import io.cytolog.schedule.Choice;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import io.cytolog.schedule.Steps;
import io.cytolog.serving.EditionPlan;
import io.cytolog.serving.ServingListener;
import io.cytolog.serving.SimulatedServing;
import io.cytolog.topology.ImageIntake;
import io.cytolog.topology.SimulatedIntake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One process: its serving, its intake, its stream threads. Gone without a trace when it crashes.
 */
final class Instance {

    private final String name;
    private final World world;
    private final Schedule schedule;
    private final Settings settings;
    private final Steps loader = new Steps();
    private final List<SteppedBatcher> batchers = new ArrayList<>();
    private final List<StreamThread> threads = new ArrayList<>();
    private final Action load;
    private final Action keep;
    private final SimulatedSession.Sessions sessions = new SimulatedSession.Sessions();
    private final SimulatedServing serving;
    private final Decoders decoders;
    private final ImageIntake intake;
    private long keptAt;
    private long inFlightBytes;
    private boolean alive = true;
    private boolean stopping;

    Instance(String name, World world) {
        this.name = name;
        this.world = world;
        this.schedule = world.schedule();
        this.settings = world.settings();
        this.serving = new SimulatedServing(schedule, loader, new Parts(), new Misplacements());
        this.decoders =
                new Decoders(
                        name,
                        schedule,
                        serving,
                        settings.decoders(),
                        () -> batchers.forEach(SteppedBatcher::interrupt));
        this.intake =
                SimulatedIntake.of(
                        schedule,
                        Specimens::read,
                        serving,
                        decoders,
                        settings.inFlight(),
                        bytes -> inFlightBytes = bytes);
        this.load = new Action(name, "loads or closes an edition", 5, this::load);
        this.keep = new Action(name, "keeps what it needs ready", 1, this::keep);
        serving.decided(
                List.copyOf(world.announcer().releases()),
                List.copyOf(world.announcer().sentences()),
                time());
        serving.start(time());
        for (int i = 0; i < settings.threads(); i++) {
            addThread();
        }
    }

    private final class Parts implements SimulatedServing.Parts {

        @Override
        public Release release(EditionPlan plan) throws InvalidReleaseException {
            if (Catalogue.isBad(plan)) {
                schedule.count(Event.EDITION_REFUSED);
            }
            return world.catalogue().release(plan);
        }

        @Override
        public Batcher batcher(Release release) throws Exception {
            var stamp = Catalogue.stamp(release);
            var batcher =
                    new SteppedBatcher(
                            name + " session " + stamp.id(),
                            schedule,
                            () -> new SimulatedSession(world, stamp, sessions),
                            settings.batch(),
                            cells -> world.runTime(cells),
                            decoders::hold,
                            this::closed);
            batcher.open();
            batchers.add(batcher);
            return batcher;
        }

        private void closed(SteppedBatcher batcher) {
            if (!stopping) {
                schedule.count(Event.EDITION_CLOSED);
            }
        }

        @Override
        public SimulatedServing.Prepared preparation() {
            return (bytes, kind, sha256) -> Specimens.prepared(bytes);
        }
    }

    private final class Misplacements implements ServingListener {
        @Override
        public void misplaced(Misplacement why) {
            world.misplaced(decoders.working());
        }
    }

    private void addThread() {
        StreamThread thread =
                new StreamThread(name + " thread " + threads.size(), this, world, intake, decoders);
        threads.add(thread);
    }

    private void load() {
        loader.step();
        decoders.wake();
    }

    private void keep() {
        keptAt = schedule.now();
        serving.keep(time());
    }

    void decided() {
        Announcer announcer = world.announcer();
        serving.decided(announcer.latestRelease(), announcer.latestSentence(), time());
    }

    boolean isAlive() {
        return alive;
    }

    boolean takesTasks() {
        return alive && !stopping;
    }

    List<StreamThread> threads() {
        return threads;
    }

    void offer(Choice choice) {
        choice.offer(!loader.isEmpty(), load);
        choice.offer(schedule.now() > keptAt, keep);
        decoders.offer(choice);
        for (int i = 0; i < batchers.size(); i++) {
            batchers.get(i).offer(choice);
        }
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).offer(choice);
        }
    }

    long nextEvent() {
        long next = decoders.nextEvent();
        for (int i = 0; i < batchers.size(); i++) {
            next = Math.min(next, later(batchers.get(i).nextEvent()));
        }
        for (int i = 0; i < threads.size(); i++) {
            next = Math.min(next, later(threads.get(i).nextEvent()));
        }
        return later(next);
    }

    private long later(long time) {
        return time > schedule.now() ? time : Long.MAX_VALUE;
    }

    boolean isIdle() {
        for (StreamThread thread : threads) {
            if (!thread.isIdle()) {
                return false;
            }
        }
        for (SteppedBatcher batcher : batchers) {
            if (!batcher.isIdle()) {
                return false;
            }
        }
        return loader.isEmpty() && decoders.isIdle();
    }

    boolean isBusy() {
        boolean busy = stopping;
        for (int i = 0; i < threads.size(); i++) {
            busy |= threads.get(i).isBusy();
        }
        return busy;
    }

    /** SIGKILL. */
    void crash() {
        alive = false;
    }

    /** SIGTERM: the tasks are closed, then what they stood on. */
    void stop() {
        stopping = true;
        threads.forEach(StreamThread::stop);
        if (!alive) {
            return;
        }
        schedule.count(Event.PROCESS_STOPPED);
        alive = false;
        intake.close();
        serving.close();
        if (inFlightBytes != 0) {
            throw schedule.fail("%d bytes are held at the end".formatted(inFlightBytes));
        }
        if (sessions.open() != 0) {
            throw schedule.fail("%d sessions are left open".formatted(sessions.open()));
        }
    }

    private Instant time() {
        return Instant.ofEpochMilli(schedule.millis());
    }

    @Override
    public String toString() {
        return name;
    }
}
