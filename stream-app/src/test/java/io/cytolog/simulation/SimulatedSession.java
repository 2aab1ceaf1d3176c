// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.bank.Finding;
import io.cytolog.image.CellPixels;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that stamps each cell with its edition, fails at times, and knows when it is closed.
 */
final class SimulatedSession implements CellAnnotator {

    private final Schedule schedule;
    private final Settings settings;
    private final World world;
    private final Finding stamp;
    private final Sessions sessions;
    private boolean closed;
    private boolean broken;

    /** Counts the open ones of a process. */
    static final class Sessions {
        private int open;
        private Finding newest;

        int open() {
            return open;
        }
    }

    SimulatedSession(World world, Finding stamp, Sessions sessions) {
        this.world = world;
        this.schedule = world.schedule();
        this.settings = world.settings();
        this.stamp = stamp;
        this.sessions = sessions;
        sessions.open++;
        sessions.newest = stamp;
    }

    @Override
    public int maxBatch() {
        return settings.batch().maxSize();
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        if (closed || broken) {
            throw schedule.fail("a session is run that is closed or has failed");
        }
        if (world.fails(settings.failIn())) {
            schedule.count(Event.RUN_THREW);
            schedule.tell("the session throws");
            broken = true;
            throw new IllegalStateException("the session is gone");
        }
        Finding edition = schedule.has(Defect.MIXED_EDITION) ? sessions.newest : stamp;
        List<CellAnnotation> annotations = new ArrayList<>(cells.size());
        for (CellPixels cell : cells) {
            annotations.add(Catalogue.annotation(edition, cell));
        }
        return annotations;
    }

    @Override
    public void close() {
        if (closed) {
            throw schedule.fail("a session is closed twice");
        }
        closed = true;
        if (!schedule.has(Defect.SESSION_LEAKED)) {
            sessions.open--;
        }
    }
}
