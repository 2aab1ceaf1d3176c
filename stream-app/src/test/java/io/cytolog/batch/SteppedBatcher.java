// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.image.CellPixels;
import io.cytolog.schedule.Action;
import io.cytolog.schedule.Choice;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The real core and the real sessions of a batcher under a simulation's scheduler, in place of the
 * sessions' threads and of the threads that submit: each sleeps until the core wakes it.
 */
public final class SteppedBatcher implements Batcher, BatchSignals {

    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        AWAKE,
        ASLEEP,
        RUNNING,
        STOPPED
    }

    /** Someone blocked in submit. */
    private static final class Held {
        private final Entry entry;
        private final CompletableFuture<List<CellAnnotation>> answer = new CompletableFuture<>();
        private boolean awake;

        Held(Entry entry) {
            this.entry = entry;
        }
    }

    private final String name;
    private final Schedule schedule;
    private final Runs runs;
    private final BatchCore core;
    private final BatchWatch watch;
    private final Consumer<BooleanSupplier> blocking;
    private final Consumer<SteppedBatcher> closed;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final List<Held> line = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final Action letIn;

    /** What the session does with a run; decided when the run begins. */
    public interface Runs {

        /** How long the run takes, nanoseconds. */
        long duration(int cells);
    }

    /**
     * @param blocking takes the condition for which the thread that is in submit waits
     * @param closed is told when it is closed
     */
    public SteppedBatcher(
            String name,
            Schedule schedule,
            AnnotatorSource source,
            BatchPolicy policy,
            Runs runs,
            Consumer<BooleanSupplier> blocking,
            Consumer<SteppedBatcher> closed) {
        this.closed = closed;
        this.name = name;
        this.schedule = schedule;
        this.runs = runs;
        this.blocking = blocking;
        this.core = new BatchCore(defective(policy, schedule), BatchListener.NONE, this);
        this.watch = new BatchWatch(policy, schedule);
        this.letIn = new Action(name, "lets one in", 6, this::letIn);
        for (int i = 0; i < policy.sessions(); i++) {
            workers.add(new Worker(name + " thread " + i, source));
        }
    }

    private static BatchPolicy defective(BatchPolicy policy, Schedule schedule) {
        return schedule.has(Defect.ROUTINE_STARVED)
                ? new BatchPolicy(
                        policy.sessions(),
                        policy.maxSize(),
                        policy.maxDelay(),
                        policy.maxBytes(),
                        policy.maxBacklog(),
                        Duration.ofDays(1))
                : policy;
    }

    /** What its threads may do now. */
    public void offer(Choice choice) {
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).offer(choice);
        }
        choice.offer(someoneIsAwake(), letIn);
    }

    /** The next time at which something is due; MAX_VALUE for never. */
    public long nextEvent() {
        long next = NEVER;
        for (int i = 0; i < workers.size(); i++) {
            next = Math.min(next, workers.get(i).nextEvent());
        }
        return next;
    }

    /** Opens the sessions, as their threads do first. */
    public void open() throws Exception {
        for (Worker worker : workers) {
            worker.session.open();
        }
        opened.complete(null);
    }

    @Override
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    /** Whether nothing waits and nothing runs. */
    public boolean isIdle() {
        return none(State.RUNNING) && line.isEmpty() && watch.isIdle();
    }

    private boolean none(State state) {
        return workers.stream().noneMatch(worker -> worker.state == state);
    }

    private boolean isStopped() {
        return workers.stream().allMatch(worker -> worker.state == State.STOPPED);
    }

    private boolean isUnused() {
        return watch.isIdle() && line.stream().allMatch(held -> held.answer.isDone());
    }

    @Override
    public CompletableFuture<List<CellAnnotation>> submit(
            List<CellPixels> cells, Priority priority) {
        if (cells.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Held held = new Held(core.lineUp(cells, priority));
        if (mayEnter(held)) {
            enter(held);
        } else {
            schedule.count(Event.IMAGE_HELD);
            line.add(held);
            blocking.accept(() -> !line.contains(held));
        }
        return held.answer;
    }

    private boolean mayEnter(Held held) {
        return core.mayEnter(held.entry) || schedule.has(Defect.NO_ADMISSION);
    }

    private void enter(Held held) {
        if (!isFirst(held)) {
            throw schedule.fail("an image passes another that stands before it in line");
        }
        line.remove(held);
        if (!isStopped()) {
            watch.enters(held.entry);
        }
        CompletableFuture<List<CellAnnotation>> result = core.enter(held.entry, schedule.now());
        watch.entered(held.entry, result);
        result.whenComplete(
                (annotations, failure) -> {
                    if (failure != null) {
                        held.answer.completeExceptionally(failure);
                    } else {
                        held.answer.complete(annotations);
                    }
                });
        held.answer.whenComplete(
                (annotations, failure) -> {
                    if (held.answer.isCancelled()) {
                        schedule.count(Event.IMAGE_CANCELLED);
                        result.cancel(false);
                    }
                });
    }

    private boolean isFirst(Held held) {
        for (Held before : line) {
            if (before.entry.priority() == held.entry.priority()) {
                return before == held || isStopped();
            }
        }
        return true;
    }

    private boolean someoneIsAwake() {
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).awake) {
                return true;
            }
        }
        return false;
    }

    /** One of those that were woken looks whether he may enter, and sleeps again if not. */
    private void letIn() {
        List<Held> awake = line.stream().filter(held -> held.awake).toList();
        Held held = awake.get(schedule.below(awake.size()));
        held.awake = false;
        if (mayEnter(held)) {
            enter(held);
        }
    }

    /** In one step: ends the runs under way and lets the sessions' threads stop. */
    @Override
    public void close() {
        checkUnused();
        core.close();
        workers.forEach(Worker::end);
        closed.accept(this);
    }

    /** The threads that are in submit are interrupted, as at the end of their pool. */
    public void interrupt() {
        for (Held held : List.copyOf(line)) {
            line.remove(held);
            core.leave(held.entry);
            held.answer.completeExceptionally(new InterruptedException());
        }
    }

    private void checkUnused() {
        if (!isUnused()) {
            throw schedule.fail(name + " is closed while images are under way in it");
        }
    }

    @Override
    public void workArrived() {
        if (schedule.has(Defect.WORK_SIGNAL_LOST)) {
            return;
        }
        // As a condition does: one of those that sleep, and nobody when none does.
        for (int i = 0; i < workers.size(); i++) {
            if (workers.get(i).state == State.ASLEEP) {
                workers.get(i).state = State.AWAKE;
                return;
            }
        }
    }

    @Override
    public void roomMade() {
        if (!schedule.has(Defect.ROOM_SIGNAL_LOST)) {
            line.forEach(held -> held.awake = true);
        }
    }

    /** A session and what its thread is at. */
    private final class Worker {

        private final String name;
        private final Session session;
        private final Action take;
        private final Action finish;
        private State state = State.AWAKE;
        private long until = NEVER;
        private List<BatchedCell> batch = List.of();
        private long began;
        private boolean readsTheBeginning;

        Worker(String name, AnnotatorSource source) {
            this.name = name;
            this.session = new Session(source, this::nanoTime);
            this.take = new Action(name, "takes", 6, this::step);
            this.finish = new Action(name, "finishes its run", 6, this::finish);
        }

        void offer(Choice choice) {
            choice.offer(mayStep(), take);
            choice.offer(mayFinish(), finish);
        }

        long nextEvent() {
            return state == State.ASLEEP || state == State.RUNNING ? until : NEVER;
        }

        void end() {
            if (state == State.RUNNING) {
                finish();
            }
            while (state != State.STOPPED) {
                step();
            }
        }

        private boolean mayStep() {
            return state == State.AWAKE || (state == State.ASLEEP && schedule.now() >= until);
        }

        private void step() {
            switch (core.next(schedule.now())) {
                case Step.Run(List<BatchedCell> taken) -> begin(taken);
                case Step.Sleep(long nanos) -> {
                    state = State.ASLEEP;
                    until = nanos == NEVER ? NEVER : schedule.now() + nanos;
                }
                case Step.Stop stop -> stop();
            }
        }

        private void begin(List<BatchedCell> taken) {
            state = State.RUNNING;
            batch = taken;
            began = schedule.now();
            until = began + runs.duration(taken.size());
            watch.taken(taken);
            if (schedule.told()) {
                schedule.tell(
                        "%s runs %d cells for %.1f ms"
                                .formatted(name, taken.size(), (until - began) / 1e6));
            }
        }

        private boolean mayFinish() {
            return state == State.RUNNING && schedule.now() >= until;
        }

        private void finish() {
            readsTheBeginning = true;
            List<BatchedCell> run = batch;
            batch = List.of();
            state = State.AWAKE;
            if (schedule.has(Defect.FAILURE_FORGOTTEN) && schedule.oneIn(5)) {
                return;
            }
            session.run(run, (started, nanos) -> core.ran(run.size(), nanos));
            watch.ended(run);
        }

        /** As the session's thread read it: once when the run began, then when it ended. */
        private long nanoTime() {
            long time = readsTheBeginning ? began : schedule.now();
            readsTheBeginning = false;
            return time;
        }

        private void stop() {
            state = State.STOPPED;
            core.abandon().forEach(job -> job.fail(new BatcherClosedException()));
            session.close();
        }
    }
}
