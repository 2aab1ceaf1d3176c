// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The editions that are open, at most {@value #MOST}: the one that serves, the one before, the next
 * one and a shadow. Beyond them those stay for a moment whose last images are under way. One thread
 * of its own loads and closes, first what images ask for; what nobody needs any more when its turn
 * comes is not loaded. Any thread takes leases. Guarded by the lock.
 */
public final class Editions implements AutoCloseable {

    /** Most editions that are kept ready. */
    public static final int MOST = 4;

    private final EditionLoader loader;
    private final ServingListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<EditionPlan, Resident> residents = new HashMap<>();
    private final ExecutorService worker;
    private Set<EditionPlan> pinned = Set.of();
    private long nobodyWaitsUntil = System.nanoTime();
    private long uses;
    private int open;
    private boolean closed;

    /** One edition on its way from loading to closing. */
    private static final class Resident {
        private final EditionPlan plan;
        private boolean asked;
        private boolean loading;
        private @Nullable ServedRelease edition;
        private @Nullable Throwable failure;
        private int leases;
        private long lastUse;
        private boolean overdue;
        private boolean evicted;

        Resident(EditionPlan plan) {
            this.plan = plan;
        }

        boolean isWaiting() {
            return !loading && edition == null && failure == null;
        }

        boolean isReady() {
            return edition != null;
        }
    }

    public Editions(EditionLoader loader, ServingListener listener) {
        this(
                loader,
                listener,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("cytolog-editions").daemon().factory()));
    }

    /**
     * @param worker loads and closes, one after the other; the editions' own
     */
    Editions(EditionLoader loader, ServingListener listener, ExecutorService worker) {
        this.loader = loader;
        this.listener = listener;
        this.worker = worker;
    }

    /** Says which editions are not to be given up for others, and begins to load those missing. */
    public void keep(Collection<EditionPlan> plans) {
        lock.lock();
        try {
            pinned = Set.copyOf(plans);
            for (EditionPlan plan : plans) {
                resident(plan);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A lease of an edition, which is loaded when it is not there. Once an edition has kept someone
     * waiting for too long, nobody waits for it any more, and for four times the patience nobody
     * waits for any: what waits holds up everything behind it.
     *
     * @return empty when it is not ready in time
     * @throws EditionFailedException when it cannot be loaded; the next one to ask loads it anew
     */
    public Optional<Lease> lease(EditionPlan plan, Duration patience)
            throws InterruptedException, EditionFailedException {
        lock.lockInterruptibly();
        try {
            Resident resident = resident(plan);
            resident.lastUse = ++uses;
            resident.asked = true;
            if (!resident.isReady() && resident.failure == null) {
                await(resident, patience);
            }
            if (resident.failure != null) {
                throw new EditionFailedException(resident.failure);
            }
            return resident.isReady() ? Optional.of(leased(resident)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void await(Resident resident, Duration patience) throws InterruptedException {
        boolean waits = !resident.overdue && System.nanoTime() - nobodyWaitsUntil >= 0;
        long left = waits ? patience.toNanos() : 0;
        while (!resident.isReady() && resident.failure == null && left > 0) {
            left = changed.awaitNanos(left);
        }
        if (waits && !resident.isReady() && resident.failure == null) {
            resident.overdue = true;
            nobodyWaitsUntil = System.nanoTime() + patience.multipliedBy(4).toNanos();
        }
    }

    /** A lease of an edition if it is ready, else of the one that was used last; empty if none. */
    public Optional<Lease> leaseReady(EditionPlan preferred) {
        lock.lock();
        try {
            Resident first = residents.get(preferred);
            if (first != null && first.isReady()) {
                return Optional.of(leased(first));
            }
            return residents.values().stream()
                    .filter(Resident::isReady)
                    .max(Comparator.comparingLong(resident -> resident.lastUse))
                    .map(this::leased);
        } finally {
            lock.unlock();
        }
    }

    /** The release of an edition that is ready to answer. */
    public Optional<Release> ready(EditionPlan plan) {
        lock.lock();
        try {
            return Optional.ofNullable(residents.get(plan))
                    .map(resident -> resident.edition)
                    .map(ServedRelease::release);
        } finally {
            lock.unlock();
        }
    }

    private Resident resident(EditionPlan plan) {
        Resident known = residents.get(plan);
        if (known != null) {
            return known;
        }
        Resident fresh = new Resident(plan);
        fresh.lastUse = ++uses;
        if (closed) {
            fresh.failure = new IllegalStateException("the service is closing");
            return fresh;
        }
        residents.put(plan, fresh);
        worker.execute(this::loadNext);
        return fresh;
    }

    private Lease leased(Resident resident) {
        resident.leases++;
        return new Lease(Objects.requireNonNull(resident.edition), () -> giveBack(resident));
    }

    private void giveBack(Resident resident) {
        lock.lock();
        try {
            resident.leases--;
            if (resident.evicted && resident.leases == 0) {
                closeLater(resident);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Never on the thread that gave the last lease back: that may be the edition's own. */
    private void closeLater(Resident resident) {
        ServedRelease edition = Objects.requireNonNull(resident.edition);
        try {
            worker.execute(() -> shut(edition));
        } catch (RejectedExecutionException e) {
            Thread.ofPlatform().name("cytolog-edition-close").start(() -> shut(edition));
        }
    }

    private void loadNext() {
        List<ServedRelease> idle = new ArrayList<>();
        Optional<Resident> next;
        lock.lock();
        try {
            if (closed) {
                giveUp();
            }
            residents.values().removeIf(each -> each.isWaiting() && !isNeeded(each));
            next = nextToLoad();
            next.ifPresent(coming -> coming.loading = true);
            if (next.isPresent()) {
                idle.addAll(makeRoom());
            }
        } finally {
            lock.unlock();
        }
        idle.forEach(this::shut);
        next.ifPresent(this::load);
    }

    private void giveUp() {
        residents.values().stream()
                .filter(Resident::isWaiting)
                .forEach(each -> each.failure = new IllegalStateException("the service closes"));
        residents.values().removeIf(each -> each.failure != null);
        changed.signalAll();
    }

    private boolean isNeeded(Resident resident) {
        return resident.asked || pinned.contains(resident.plan);
    }

    /** What images ask for goes first, then what came first. */
    private Optional<Resident> nextToLoad() {
        return residents.values().stream()
                .filter(Resident::isWaiting)
                .min(
                        Comparator.<Resident, Boolean>comparing(each -> !each.asked)
                                .thenComparing(each -> each.lastUse));
    }

    private void load(Resident resident) {
        long start = System.nanoTime();
        try {
            ServedRelease edition = loader.load(resident.plan);
            loaded(resident.plan, resident, edition);
            listener.loaded(Duration.ofNanos(System.nanoTime() - start));
        } catch (Throwable e) {
            failed(resident.plan, resident, e);
        }
    }

    private void loaded(EditionPlan plan, Resident resident, ServedRelease edition) {
        lock.lock();
        try {
            open++;
            resident.edition = edition;
            resident.evicted = residents.get(plan) != resident;
            if (resident.evicted) {
                closeLater(resident);
            }
            listener.resident(open);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failed(EditionPlan plan, Resident resident, Throwable why) {
        lock.lock();
        try {
            resident.failure = why;
            residents.remove(plan, resident);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what was used longest ago; what can be closed at once is returned. */
    private List<ServedRelease> makeRoom() {
        List<ServedRelease> idle = new ArrayList<>();
        Optional<Resident> victim = longestUnused();
        while (ready() >= MOST && victim.isPresent()) {
            Resident evicted = victim.get();
            residents.remove(evicted.plan);
            evicted.evicted = true;
            if (evicted.leases == 0) {
                idle.add(Objects.requireNonNull(evicted.edition));
            }
            victim = longestUnused();
        }
        return idle;
    }

    private long ready() {
        return residents.values().stream().filter(Resident::isReady).count();
    }

    private Optional<Resident> longestUnused() {
        return residents.values().stream()
                .filter(Resident::isReady)
                .filter(each -> !pinned.contains(each.plan))
                .min(Comparator.comparingLong(each -> each.lastUse));
    }

    private void shut(ServedRelease edition) {
        edition.close();
        lock.lock();
        try {
            open--;
            listener.resident(open);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a load under way and closes every edition; images still under way fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        worker.shutdown();
        awaitWorker();
        List<ServedRelease> rest;
        lock.lock();
        try {
            rest =
                    residents.values().stream()
                            .map(resident -> resident.edition)
                            .filter(Objects::nonNull)
                            .toList();
            residents.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(this::shut);
    }

    private void awaitWorker() {
        boolean interrupted = false;
        while (true) {
            try {
                if (worker.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
