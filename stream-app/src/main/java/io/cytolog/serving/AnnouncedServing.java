// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.Release;
import io.cytolog.serving.ReleaseOrigin.Announced;
import io.cytolog.serving.ServingListener.Misplacement;
import io.cytolog.serving.Timeline.Shadowing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what was announced: the time of an image's record and the {@link Timeline} choose its
 * edition. One thread tells of decisions and of the time; any thread takes leases.
 */
public final class AnnouncedServing implements Serving, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnnouncedServing.class);

    private final EditionLoader loader;
    private final Duration patience;
    private final ServingListener listener;
    private final Editions editions;
    private final Shadows shadows;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<Timeline> timeline = new AtomicReference<>(Timeline.EMPTY);
    private final Set<EditionPlan> gone = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Optional<Release>> answering =
            new AtomicReference<>(Optional.empty());

    /** Whether decisions of the past were told, so that what comes now is new; the teller's. */
    private boolean followed;

    /**
     * @param patience longest that an image waits for its edition to load
     */
    public AnnouncedServing(EditionLoader loader, Duration patience, ServingListener listener) {
        this.loader = loader;
        this.patience = patience;
        this.listener = listener;
        this.editions = new Editions(this::load, listener);
        this.shadows = new ShadowRunner(editions, () -> underWay.get() == 0, listener);
    }

    /**
     * Starts no thread and runs no shadows: a simulation steps what this makes.
     *
     * @param editions makes the editions over their loader
     */
    AnnouncedServing(
            EditionLoader loader,
            Duration patience,
            ServingListener listener,
            BiFunction<EditionLoader, ServingListener, Editions> editions) {
        this.loader = loader;
        this.patience = patience;
        this.listener = listener;
        this.editions = editions.apply(this::load, listener);
        this.shadows = Shadows.NONE;
    }

    /** Takes decisions that were made; the editions they need begin to load. */
    public void decided(
            List<ReleaseDecision> releases, List<SentenceDecision> sentences, Instant now) {
        timeline.updateAndGet(known -> known.plus(releases, sentences));
        gone.clear();
        if (followed) {
            releases.forEach(decision -> warnIfLate(decision, now));
        }
        followed = true;
        listener.refused(timeline.get().refusedInForce());
        keep(now);
    }

    /**
     * Keeps ready what images of now and of the next two changes need, and tells what serves now.
     * Of two that are announced together the first may turn out bad, and then the second must not
     * begin to load at its point of change.
     */
    public void keep(Instant now) {
        Timeline known = timeline.get();
        Set<EditionPlan> needed = new LinkedHashSet<>();
        needed.add(known.at(now));
        Instant next = known.nextChange(now).orElse(now);
        needed.add(known.at(next));
        needed.add(known.at(known.nextChange(next).orElse(next)));
        known.shadowAt(next).ifPresent(shadow -> needed.add(shadow.plan()));
        needed.removeAll(gone);
        editions.keep(needed);
        editions.ready(known.at(now)).ifPresent(this::tell);
    }

    @Override
    public Lease lease(Instant recordTime) throws InterruptedException {
        while (true) {
            Timeline known = timeline.get();
            EditionPlan plan = known.at(recordTime);
            if (gone.contains(plan)) {
                return another(plan, Misplacement.GONE);
            }
            try {
                Optional<Lease> lease = editions.lease(plan, patience);
                return lease.isPresent()
                        ? underWay(lease.get(), known.shadowAt(recordTime))
                        : another(known.before(recordTime), Misplacement.LATE);
            } catch (EditionFailedException e) {
                // The timeline knows by now that the announcement cannot be carried out.
                if (timeline.get().at(recordTime).equals(plan)) {
                    gone.add(plan);
                }
            }
        }
    }

    /**
     * Waits until an edition for images of now is ready.
     *
     * @throws EditionFailedException when there is none to be had
     */
    public Release awaitReady(Instant now) throws InterruptedException, EditionFailedException {
        while (true) {
            EditionPlan plan = timeline.get().at(now);
            try {
                Optional<Lease> lease = editions.lease(plan, Duration.ofMinutes(5));
                if (lease.isEmpty()) {
                    throw new EditionFailedException(
                            new IllegalStateException("%s takes too long to load".formatted(plan)));
                }
                try (Lease held = lease.get()) {
                    tell(held.edition().release());
                    return held.edition().release();
                }
            } catch (EditionFailedException e) {
                if (timeline.get().at(now).equals(plan)) {
                    throw e;
                }
            }
        }
    }

    /** The release that answers images of now, once one does. */
    public Optional<Release> answering() {
        return answering.get();
    }

    /** Whether there is a shadow for images of now that is ready to see them. */
    public boolean shadowReady(Instant now) {
        return timeline.get()
                .shadowAt(now)
                .flatMap(shadow -> editions.ready(shadow.plan()))
                .isPresent();
    }

    /** What was decided, as far as it is known here. */
    public Timeline timeline() {
        return timeline.get();
    }

    private static void warnIfLate(ReleaseDecision decision, Instant now) {
        if (decision.effectiveAt().isBefore(now)) {
            LOG.warn(
                    "announcement was read after its point of change releaseId={} effectiveAt={}",
                    decision.release(),
                    decision.effectiveAt());
        }
    }

    private Lease another(EditionPlan preferred, Misplacement why) {
        Lease lease =
                editions.leaseReady(preferred)
                        .orElseThrow(
                                () -> new IllegalStateException("no edition is ready to answer"));
        listener.misplaced(why);
        return underWay(lease, Optional.empty());
    }

    private Lease underWay(Lease lease, Optional<Shadowing> shadow) {
        underWay.incrementAndGet();
        Release serving = lease.edition().release();
        return new Lease(
                lease.edition(),
                () -> {
                    underWay.decrementAndGet();
                    lease.close();
                },
                (file, sha256) ->
                        shadow.map(seen -> shadows.mirror(seen, serving, file, sha256))
                                .orElse(Mirror.NONE));
    }

    private ServedRelease load(EditionPlan plan) throws Exception {
        try {
            return loader.load(plan);
        } catch (Exception e) {
            if (plan.origin() instanceof Announced announced) {
                refuse(announced, e);
            }
            throw e;
        }
    }

    private void refuse(Announced announced, Exception why) {
        Timeline before = timeline.getAndUpdate(known -> known.without(announced));
        Timeline after = timeline.get();
        if (before.refused() < after.refused()) {
            LOG.error(
                    "announced release is refused, the one before keeps answering releaseId={} location={} reason=\"{}\"",
                    announced.release(),
                    announced.location(),
                    why.getMessage());
        }
        listener.refused(after.refusedInForce());
    }

    private void tell(Release release) {
        Optional<Release> before = answering.getAndSet(Optional.of(release));
        boolean same =
                before.isPresent()
                        && before.get().id().equals(release.id())
                        && before.get().bank().version().equals(release.bank().version());
        if (!same) {
            LOG.info("answers releaseId={} bank={}", release.id(), release.bank().version());
            listener.serving(release.id(), release.bank().version());
        }
    }

    /** Ends a load under way and closes every edition. */
    @Override
    public void close() {
        shadows.close();
        editions.close();
    }
}
