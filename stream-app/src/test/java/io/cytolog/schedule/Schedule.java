// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a seed stands for: every choice of a run, and its clock, which moves only when it is told.
 * Used by one thread.
 */
public final class Schedule {

    private static final long MS = 1_000_000;

    private final SplittableRandom random;
    private final Defect defect;
    private final long[] events;
    private final boolean told;
    private final List<String> lines = new ArrayList<>();
    private long now = 1_000 * MS;
    private Broken broken;

    /**
     * @param events counts of what happened, by ordinal; this schedule adds to them
     * @param told whether lines are kept of what happens
     */
    public Schedule(long seed, Defect defect, long[] events, boolean told) {
        this.random = new SplittableRandom(seed);
        this.defect = defect;
        this.events = events;
        this.told = told;
    }

    public boolean has(Defect asked) {
        return defect == asked;
    }

    /** 0 to bound - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From least to most, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    public void count(Event event) {
        events[event.ordinal()]++;
    }

    /** Nanoseconds. */
    public long now() {
        return now;
    }

    public long millis() {
        return now / MS;
    }

    public void passTo(long later) {
        if (told) {
            tell("%.1f ms pass".formatted((later - now) / 1e6));
        }
        now = Math.max(now, later);
    }

    /** Whether anyone keeps what is told; asked before a line is made. */
    public boolean told() {
        return told;
    }

    public void tell(String line) {
        if (told) {
            lines.add("%9.1f ms  %s".formatted(now / 1e6, line));
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** An invariant is broken; kept, in case that someone swallows it on the way. */
    public Broken fail(String what) {
        if (broken == null) {
            broken = new Broken(what);
            tell("BROKEN: " + what);
        }
        return broken;
    }

    /** Throws what was broken, if something was. */
    public void check() {
        if (broken != null) {
            throw broken;
        }
    }
}
