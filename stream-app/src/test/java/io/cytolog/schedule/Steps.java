// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An executor whose tasks run when the schedule says so, and never at its end: what is left then is
 * run by whoever waits for it.
 */
public final class Steps extends AbstractExecutorService {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean shutDown;

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs the oldest task. */
    public void step() {
        tasks.removeFirst().run();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        List<Runnable> left = List.copyOf(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown && tasks.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        while (!tasks.isEmpty()) {
            step();
        }
        return true;
    }
}
