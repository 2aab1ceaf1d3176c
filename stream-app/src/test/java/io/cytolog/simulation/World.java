// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.schedule.Action;
import io.cytolog.schedule.Choice;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything of one schedule: scanners, announcements, the broker with its group, the processes.
 * Chooses what happens next among all that may.
 */
final class World {

    private static final int MOST_INSTANCES = 4;
    private static final int LONGEST_ENDING = 4_000;
    private static final int DEEPEST = 16;

    private final Schedule schedule;
    private final Settings settings;
    private final Catalogue catalogue;
    private final Announcer announcer;
    private final Broker broker;
    private final List<Instance> instances = new ArrayList<>();
    private final Action send = new Action("a scanner", "sends", 12, this::send);
    private final Action assign = new Action("the group", "assigns", 10, this::assign);
    private final Action start = new Action("a process", "starts", 3, this::start);
    private final Action announce = new Action("a release", "is announced", 3, this::announce);
    private final Action edit = new Action("a sentence", "is edited", 2, this::edit);
    private final Action revoke = new Action("the group", "revokes", 2, this::revoke);
    private final Action expel = new Action("the group", "expels", 1, this::expel);
    private final Action crash = new Action("a process", "is killed", 1, this::crash);
    private final Action stop = new Action("a process", "stops clean", 1, this::stop);

    /** One for each depth at which a stream thread waits. */
    private final List<Choice> choices = new ArrayList<>(2);

    private int started;
    private int sent;
    private int steps;
    private int blows;
    private int depth;
    private boolean fair;

    World(Schedule schedule, Catalogue catalogue) {
        this.schedule = schedule;
        this.catalogue = catalogue;
        this.settings = Settings.drawn(schedule);
        this.announcer = new Announcer(schedule);
        this.broker = new Broker(schedule, announcer, settings.partitions());
    }

    /** The whole schedule: some steps, then a fair ending in which all must be done. */
    void run() {
        tell(settings);
        for (int i = 0; i < settings.instances(); i++) {
            start();
        }
        while (!fair) {
            step(Long.MAX_VALUE);
        }
        end();
    }

    private void end() {
        for (int i = 0; !isDone(); i++) {
            if (i == LONGEST_ENDING) {
                throw schedule.fail("not done after %d fair steps".formatted(LONGEST_ENDING));
            }
            if (!step(Long.MAX_VALUE)) {
                throw schedule.fail("work remains and nothing can move");
            }
        }
        List.copyOf(instances).forEach(this::stop);
        schedule.check();
    }

    private boolean isDone() {
        return sent == settings.images() && !instances.isEmpty() && broker.isDone() && areIdle();
    }

    private boolean areIdle() {
        for (Instance instance : instances) {
            if (!instance.isIdle()) {
                return false;
            }
        }
        return true;
    }

    Schedule schedule() {
        return schedule;
    }

    Settings settings() {
        return settings;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Announcer announcer() {
        return announcer;
    }

    Broker broker() {
        return broker;
    }

    /** How long a session run takes; now and then longer than any barrier waits. */
    long runTime(int cells) {
        boolean stalls = !fair && schedule.oneIn(settings.stallIn());
        if (stalls) {
            schedule.count(Event.RUN_STALLED);
        }
        return stalls
                ? settings.barrier().timeout().toNanos() + Settings.MS
                : cells * schedule.between(0, 4) * Settings.MS / 2;
    }

    /** Whether something fails that does so once in so many. */
    boolean fails(int in) {
        return !fair && schedule.oneIn(in);
    }

    /** One step of somebody else while a stream thread waits. */
    void stepWhileWaiting(String who, long deadline) {
        if (depth == DEEPEST) {
            throw schedule.fail("stream threads wait inside each other too deep");
        }
        if (!step(deadline)) {
            throw schedule.fail(who + " waits, and nothing can move but its time-out");
        }
    }

    /**
     * Does something that may be done, or lets time pass to what is due next.
     *
     * @param until time at which whoever asks goes on himself
     * @return false when nothing could move but the clock to that time
     */
    private boolean step(long until) {
        if (++steps == settings.steps()) {
            schedule.tell("--- from here on nothing fails");
            fair = true;
        }
        long due = nextEvent();
        Choice choice = choice();
        offer(choice);
        int total = choice.total();
        boolean timePasses = due < Long.MAX_VALUE && (total == 0 || schedule.oneIn(fair ? 12 : 6));
        if (timePasses) {
            schedule.passTo(Math.min(due, until));
        } else if (total > 0) {
            perform(choice.at(schedule.below(total)));
        } else {
            return false;
        }
        schedule.check();
        return true;
    }

    private Choice choice() {
        if (choices.size() == depth) {
            choices.add(new Choice());
        }
        return choices.get(depth);
    }

    private void perform(Action action) {
        if (schedule.told()) {
            schedule.tell("  ".repeat(depth) + action);
        }
        depth++;
        action.body().run();
        depth--;
    }

    private void offer(Choice choice) {
        choice.clear();
        choice.offer(sent < settings.images(), send);
        choice.offer(mayAssign(), assign);
        choice.offer(mayStart(), start);
        if (!fair) {
            choice.offer(mayAnnounce(), announce);
            choice.offer(mayAnnounce(), edit);
            offerBlows(choice);
        }
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).offer(choice);
        }
    }

    private void offerBlows(Choice choice) {
        if (blows < settings.blows()) {
            choice.offer(anyThread(World::mayRevoke), revoke);
            choice.offer(anyThread(StreamThread::hasTasks), expel);
            choice.offer(!instances.isEmpty(), crash);
            choice.offer(mayStop(), stop);
        }
    }

    private long nextEvent() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < instances.size(); i++) {
            next = Math.min(next, instances.get(i).nextEvent());
        }
        return next;
    }

    private void send() {
        sent++;
        broker.append(schedule.below(settings.partitions()), schedule.below(Specimens.COUNT));
    }

    private boolean mayAnnounce() {
        return announcer.decisions() < settings.decisions() && !instances.isEmpty();
    }

    private void announce() {
        tell(announcer.release());
        instances.forEach(Instance::decided);
    }

    private void edit() {
        tell(announcer.sentence());
        instances.forEach(Instance::decided);
    }

    private void tell(Object what) {
        if (schedule.told()) {
            schedule.tell("  ".repeat(depth) + what);
        }
    }

    /** An image was not answered by the edition that its time demands, and that was counted. */
    void misplaced(long timestamp) {
        tell("the edition for " + timestamp + " is late");
        broker.misplaced(timestamp);
    }

    private boolean mayAssign() {
        for (Broker.Partition partition : broker.partitions()) {
            if (partition.owner() == null) {
                return anyThread(StreamThread::mayTakeTasks);
            }
        }
        return false;
    }

    private void assign() {
        List<StreamThread> free = threads().stream().filter(StreamThread::mayTakeTasks).toList();
        List<Broker.Partition> partitions = broker.partitions();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).owner() == null) {
                StreamThread thread = free.get(schedule.below(free.size()));
                tell(thread);
                partitions.get(i).giveTo(thread);
                thread.take(i);
            }
        }
    }

    private static boolean mayRevoke(StreamThread thread) {
        return thread.hasTasks() && thread.mayTakeTasks();
    }

    private void revoke() {
        blows++;
        StreamThread thread = any(threads().stream().filter(World::mayRevoke).toList());
        int partition = any(thread.partitions());
        tell(thread);
        schedule.count(Event.PARTITION_REVOKED);
        thread.revoke(partition);
    }

    private void expel() {
        blows++;
        StreamThread thread = any(threads().stream().filter(StreamThread::hasTasks).toList());
        tell(thread);
        thread.expel();
        leaves(thread);
    }

    /** The group gives a thread's partitions to others. */
    void leaves(StreamThread thread) {
        for (Broker.Partition partition : broker.partitions()) {
            if (partition.owner() == thread) {
                partition.giveTo(null);
            }
        }
    }

    private void crash() {
        blows++;
        Instance instance = any(instances);
        tell(instance);
        schedule.count(Event.PROCESS_KILLED);
        instance.crash();
        gone(instance);
    }

    private boolean mayStop() {
        for (int i = 0; i < instances.size(); i++) {
            if (!instances.get(i).isBusy()) {
                return true;
            }
        }
        return false;
    }

    private void stop() {
        blows++;
        stop(any(instances.stream().filter(instance -> !instance.isBusy()).toList()));
    }

    private void stop(Instance instance) {
        tell(instance);
        instance.stop();
        gone(instance);
    }

    private void gone(Instance instance) {
        instances.remove(instance);
        instance.threads().forEach(this::leaves);
    }

    private boolean mayStart() {
        return instances.isEmpty() || (!fair && started < MOST_INSTANCES && instances.size() < 2);
    }

    private void start() {
        instances.add(new Instance("p" + started++, this));
    }

    private boolean anyThread(Predicate<StreamThread> asked) {
        for (int i = 0; i < instances.size(); i++) {
            for (StreamThread thread : instances.get(i).threads()) {
                if (asked.test(thread)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<StreamThread> threads() {
        List<StreamThread> threads = new ArrayList<>(4);
        instances.forEach(instance -> threads.addAll(instance.threads()));
        return threads;
    }

    private <T> T any(List<T> some) {
        return some.get(schedule.below(some.size()));
    }
}
