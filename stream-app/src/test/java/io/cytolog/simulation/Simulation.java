// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.schedule.Broken;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/** Runs schedules by their seeds. Used by one thread. */
final class Simulation {

    private final Catalogue catalogue = new Catalogue();
    private final Defect defect;
    private final long[] events = new long[Event.values().length];

    /** A schedule that broke an invariant. */
    record Failure(long seed, Throwable what, List<String> lines) {

        @Override
        public String toString() {
            return "%n%3$s%nseed %1$d: %2$s%nreplay: -Dcytolog.simulation.seed=%1$d%n"
                    .formatted(seed, what, String.join(System.lineSeparator(), lines));
        }
    }

    Simulation(Defect defect) {
        this.defect = defect;
    }

    /** Runs one schedule; one that fails is run again to tell its steps. */
    Optional<Failure> run(long seed) {
        try {
            new World(new Schedule(seed, defect, events, false), catalogue).run();
            return Optional.empty();
        } catch (Broken | RuntimeException e) {
            return Optional.of(replay(seed));
        }
    }

    /** How often something happened in the schedules that were run. */
    long count(Event event) {
        return events[event.ordinal()];
    }

    /** Runs one schedule and keeps its steps. */
    Failure replay(long seed) {
        Schedule schedule = new Schedule(seed, defect, new long[events.length], true);
        try {
            new World(schedule, catalogue).run();
            return new Failure(seed, new Broken("nothing is broken"), schedule.lines());
        } catch (Broken | RuntimeException e) {
            return new Failure(seed, e, schedule.lines());
        }
    }
}
