// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.schedule.Action;
import io.cytolog.schedule.Choice;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import io.cytolog.topology.ImageIntake;
import io.cytolog.topology.SimulatedTask;
import io.cytolog.topology.SimulatedTask.Forwarded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A stream thread under exactly-once: its tasks, one transaction for all of them, and the ways in
 * which Kafka Streams ends them.
 */
final class StreamThread {

    private static final class Run {
        private final SimulatedTask task;
        private int position;
        private boolean commitNeeded;

        Run(SimulatedTask task, int position) {
            this.task = task;
            this.position = position;
        }
    }

    private final String name;
    private final Instance instance;
    private final World world;
    private final Schedule schedule;
    private final Broker broker;
    private final ImageIntake intake;
    private final Decoders decoders;
    private final Map<Integer, Run> runs = new TreeMap<>();
    private final List<Forwarded> transaction = new ArrayList<>();
    private final Action process;
    private final Action punctuate;
    private final Action commit;
    private final Action emit;
    private final Action lose;
    private final Action replace;
    private long lastCommit;
    private boolean busy;
    private boolean dead;
    private boolean expelled;

    StreamThread(
            String name, Instance instance, World world, ImageIntake intake, Decoders decoders) {
        this.name = name;
        this.instance = instance;
        this.world = world;
        this.schedule = world.schedule();
        this.broker = world.broker();
        this.intake = intake;
        this.decoders = decoders;
        this.process = new Action(name, "processes", 12, () -> guarded(this::process));
        this.punctuate = new Action(name, "punctuates", 6, () -> guarded(this::punctuate));
        this.commit = new Action(name, "commits", 4, () -> guarded(this::commit));
        this.emit = new Action(name, "has its cache emit", 1, () -> guarded(this::emit));
        this.lose = new Action(name, "learns that it was expelled", 2, this::lose);
        this.replace = new Action(name, "is replaced", 3, () -> dead = false);
    }

    void offer(Choice choice) {
        if (busy) {
            return;
        }
        if (!dead && !runs.isEmpty()) {
            choice.offer(mayProcess(), process);
            choice.offer(isDue(), punctuate);
            choice.offer(mayCommit(), commit);
            choice.offer(mayEmit(), emit);
        }
        choice.offer(expelled, lose);
        choice.offer(dead, replace);
    }

    boolean isBusy() {
        return busy;
    }

    boolean mayTakeTasks() {
        return instance.takesTasks() && !busy && !dead && !expelled;
    }

    /** Whether the group would notice that it is gone. */
    boolean isGone() {
        return !instance.isAlive() || dead;
    }

    boolean hasTasks() {
        return !runs.isEmpty();
    }

    List<Integer> partitions() {
        return List.copyOf(runs.keySet());
    }

    boolean isIdle() {
        for (Run run : runs.values()) {
            if (!run.task.isIdle() || run.commitNeeded) {
                return false;
            }
        }
        return !busy && !expelled;
    }

    long nextEvent() {
        long next = Long.MAX_VALUE;
        if (busy) {
            return next;
        }
        for (Run run : runs.values()) {
            next = Math.min(next, run.task.nextTimer());
            if (run.commitNeeded) {
                next = Math.min(next, lastCommit + world.settings().commitEvery());
            }
        }
        return next;
    }

    /** A partition is assigned. */
    void take(int partition) {
        var task =
                new SimulatedTask(
                        schedule,
                        partition,
                        intake,
                        world.settings().barrier(),
                        this::await,
                        result -> broker.send(result, transaction));
        runs.put(partition, new Run(task, broker.partitions().get(partition).committed()));
    }

    /** The group goes on without this thread, which does not know it yet. */
    void expel() {
        expelled = true;
    }

    /** A rebalance takes a partition: all is committed, then the task is closed clean. */
    void revoke(int partition) {
        guarded(
                () -> {
                    commit();
                    close(partition);
                });
    }

    /** The client closes: all is committed, then all tasks are closed clean. */
    void stop() {
        guarded(
                () -> {
                    commit();
                    partitions().forEach(this::close);
                });
    }

    private void close(int partition) {
        runs.remove(partition).task.close();
        broker.partitions().get(partition).giveTo(null);
    }

    private boolean mayProcess() {
        for (Map.Entry<Integer, Run> run : runs.entrySet()) {
            if (hasMore(run.getKey(), run.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean hasMore(int partition, Run run) {
        return run.position < broker.partitions().get(partition).log().size();
    }

    private List<Integer> polled() {
        List<Integer> polled = new ArrayList<>(2);
        for (Map.Entry<Integer, Run> run : runs.entrySet()) {
            if (hasMore(run.getKey(), run.getValue())) {
                polled.add(run.getKey());
            }
        }
        return polled;
    }

    private void process() {
        List<Integer> polled = polled();
        int partition = polled.get(schedule.below(polled.size()));
        Run run = runs.get(partition);
        Broker.Captured record = broker.partitions().get(partition).log().get(run.position);
        int specimen = record.specimen();
        if (schedule.told()) {
            schedule.tell(
                    "  record %d@%d, specimen %d, time %d"
                            .formatted(partition, run.position, specimen, record.timestamp()));
        }
        run.commitNeeded = true;
        decoders.next(Specimens.needsEdition(specimen) ? record.timestamp() : Decoders.NO_EDITION);
        run.task.process(
                run.position,
                Specimens.key(specimen),
                record.timestamp(),
                Specimens.value(specimen));
        run.position++;
    }

    private boolean isDue() {
        for (Run run : runs.values()) {
            if (run.task.nextTimer() <= schedule.now()) {
                return true;
            }
        }
        return false;
    }

    private void punctuate() {
        for (Run run : runs.values()) {
            if (run.task.nextTimer() <= schedule.now()) {
                run.commitNeeded = true;
                run.task.punctuate();
            }
        }
    }

    private boolean mayCommit() {
        boolean time = schedule.now() >= lastCommit + world.settings().commitEvery();
        for (Run run : runs.values()) {
            if (run.commitNeeded && (time || run.task.commitRequested())) {
                return true;
            }
        }
        return false;
    }

    /** All tasks of the thread in one transaction, as exactly-once has it. */
    private void commit() {
        lastCommit = schedule.now();
        Map<Integer, Integer> positions = new HashMap<>();
        for (Map.Entry<Integer, Run> entry : runs.entrySet()) {
            Run run = entry.getValue();
            if (run.commitNeeded) {
                run.task.flush();
                positions.put(entry.getKey(), run.position + ahead(entry.getKey(), run));
            }
        }
        send(positions);
        for (int partition : positions.keySet()) {
            Run run = runs.get(partition);
            run.commitNeeded = false;
            run.task.committed();
        }
    }

    private void send(Map<Integer, Integer> positions) {
        if (!broker.mayCommit(this, runs.keySet())) {
            schedule.count(Event.COMMIT_FENCED);
            throw new CommitFailed("fenced: another owns a partition");
        }
        if (world.fails(40)) {
            schedule.count(Event.COMMIT_REFUSED);
            throw new CommitFailed("the broker does not take the commit");
        }
        if (schedule.told()) {
            schedule.tell("  commits " + new TreeMap<>(positions));
        }
        broker.commit(transaction, positions);
        transaction.clear();
        schedule.count(Event.COMMITTED);
        if (world.fails(40)) {
            schedule.count(Event.COMMIT_ANSWER_LOST);
            throw new CommitFailed("the broker took the commit, its answer is lost");
        }
    }

    private int ahead(int partition, Run run) {
        int end = broker.partitions().get(partition).log().size();
        return schedule.has(Defect.OFFSETS_OF_POLLED) && run.position < end ? 1 : 0;
    }

    private boolean mayEmit() {
        for (Run run : runs.values()) {
            if (run.task.hasTick()) {
                return true;
            }
        }
        return false;
    }

    private void emit() {
        runs.values().forEach(run -> run.task.flush());
    }

    private void lose() {
        guarded(
                () -> {
                    throw new CommitFailed("expelled from the group");
                });
    }

    private void guarded(Runnable step) {
        busy = true;
        try {
            failing(step);
        } catch (Crashed e) {
            // Nothing of the process is left.
        } finally {
            busy = false;
        }
    }

    private void failing(Runnable step) {
        try {
            step.run();
        } catch (CommitFailed e) {
            if (schedule.told()) {
                schedule.tell(name + ": " + e.getMessage());
            }
            closeDirty();
        } catch (RuntimeException e) {
            if (schedule.told()) {
                schedule.tell(name + " dies: " + e.getMessage());
            }
            closeDirty();
            dead = true;
        }
    }

    /** The transaction is aborted; each task is flushed once more, in vain, before it is closed. */
    private void closeDirty() {
        schedule.count(Event.CLOSED_DIRTY);
        for (Run run : runs.values()) {
            try {
                run.task.flush();
            } catch (RuntimeException e) {
                if (schedule.told()) {
                    schedule.tell(name + " drains no more: " + e.getMessage());
                }
            }
            run.task.close();
        }
        runs.clear();
        transaction.clear();
        world.leaves(this);
        expelled = false;
    }

    /** Lets the others go on until the future is done or the time is over. */
    private boolean await(CompletableFuture<?> future, long nanos) {
        long deadline = schedule.now() + nanos;
        if (schedule.told()) {
            schedule.tell(name + " waits for %.1f ms".formatted(nanos / 1e6));
        }
        long handedOverNext = decoders.next();
        while (!future.isDone()) {
            if (schedule.now() >= deadline) {
                schedule.count(Event.BARRIER_TIMED_OUT);
                return false;
            }
            world.stepWhileWaiting(name, deadline);
            if (!instance.isAlive()) {
                schedule.count(Event.KILLED_IN_WAIT);
                throw new Crashed();
            }
        }
        decoders.next(handedOverNext);
        return true;
    }

    private static final class CommitFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CommitFailed(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
