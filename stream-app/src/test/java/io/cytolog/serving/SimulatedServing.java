// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.batch.Batcher;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Schedule;
import io.cytolog.schedule.Steps;
import io.cytolog.serving.ServedRelease.Preparation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The real serving of announced releases, whose loader and waiting images are stepped by a
 * simulation. A thread that would wait for its edition asks again in place of waiting.
 */
public final class SimulatedServing implements Serving {

    private final Schedule schedule;
    private final Steps worker;
    private final AnnouncedServing serving;
    private Editions editions;

    /** What an edition is made of in a simulation. */
    public interface Parts {

        /**
         * @throws InvalidReleaseException for a release that is always bad
         */
        Release release(EditionPlan plan) throws InvalidReleaseException;

        Batcher batcher(Release release) throws Exception;

        Preparation preparation();
    }

    /** Hands out a prepared image, under a name that other packages may use. */
    @FunctionalInterface
    public interface Prepared extends Preparation {}

    public SimulatedServing(
            Schedule schedule, Steps worker, Parts parts, ServingListener listener) {
        this.schedule = schedule;
        this.worker = worker;
        this.serving =
                new AnnouncedServing(
                        plan -> load(plan, parts),
                        Duration.ZERO,
                        listener,
                        (loader, told) -> editions = new Editions(loader, told, worker));
    }

    private ServedRelease load(EditionPlan plan, Parts parts) throws Exception {
        Release release = parts.release(plan);
        return new ServedRelease(
                release,
                parts.preparation(),
                parts.batcher(release),
                () -> Instant.ofEpochMilli(schedule.millis()));
    }

    public void decided(
            List<ReleaseDecision> releases, List<SentenceDecision> sentences, Instant now) {
        serving.decided(releases, sentences, now);
    }

    public void keep(Instant now) {
        serving.keep(now);
    }

    /** Loads what images of now need, as a process does before it takes any. */
    public void start(Instant now) {
        serving.keep(now);
        while (!worker.isEmpty()) {
            worker.step();
        }
    }

    /** Whether an image of this time need not wait; begins to load its edition if it must. */
    public boolean isReadyFor(Instant recordTime) {
        EditionPlan plan = serving.timeline().at(asked(recordTime));
        if (editions.ready(plan).isPresent()) {
            return true;
        }
        try {
            Optional<Lease> lease = editions.lease(plan, Duration.ZERO);
            lease.ifPresent(Lease::close);
            return lease.isPresent();
        } catch (EditionFailedException | InterruptedException e) {
            return false;
        }
    }

    @Override
    public Lease lease(Instant recordTime) throws InterruptedException {
        Lease lease = serving.lease(asked(recordTime));
        if (schedule.told()) {
            Release release = lease.edition().release();
            schedule.tell(
                    "  image of time %d is given to %s/%s"
                            .formatted(
                                    recordTime.toEpochMilli(),
                                    release.id().value().charAt(0),
                                    release.bank().version()));
        }
        if (schedule.has(Defect.LEASE_TOO_SHORT)) {
            lease.close();
        }
        return lease;
    }

    private Instant asked(Instant recordTime) {
        return schedule.has(Defect.EDITION_BY_ARRIVAL)
                ? Instant.ofEpochMilli(schedule.millis())
                : recordTime;
    }

    public void close() {
        serving.close();
    }
}
