// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.batch.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.release.Release;
import io.cytolog.serving.ServingListener.Mirrored;
import io.cytolog.serving.Timeline.Shadowing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a shadowing release say what it would have said, and compares; nothing of it is emitted. A
 * thread of its own works on a few cells at a time, and only while no image waits for its answer.
 * What waits for it is bounded, and what finds no room is dropped and counted. The queue is guarded
 * by the lock.
 */
final class ShadowRunner implements Shadows {

    /** Most bytes of pixels and files that wait. */
    static final long MOST_BYTES = 16L << 20;

    /** Cells in one go: what an image that arrives meanwhile waits for at most. */
    private static final int CELLS_AT_A_TIME = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ShadowRunner.class);
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Editions editions;
    private final BooleanSupplier idle;
    private final ServingListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work> queue = new ArrayDeque<>();
    private final Thread thread;
    private long bytes;
    private volatile boolean closed;

    /**
     * An image that was answered.
     *
     * @param file to be prepared anew; null when the shadow's recipe is the one that was used
     * @param bytes held
     */
    private record Work(
            EditionPlan shadow, AnnotatedImage answer, @Nullable ImageBytes file, long bytes) {}

    /**
     * @param idle whether no image waits for its answer
     */
    ShadowRunner(Editions editions, BooleanSupplier idle, ServingListener listener) {
        this.editions = editions;
        this.idle = idle;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("cytolog-shadow").unstarted(this::run);
        this.thread.setPriority(Thread.MIN_PRIORITY);
    }

    @Override
    public Mirror mirror(Shadowing shadow, Release serving, ImageBytes file, String sha256) {
        if (!sees(shadow.share(), sha256)) {
            return Mirror.NONE;
        }
        Optional<Release> ready = editions.ready(shadow.plan());
        if (ready.isEmpty()) {
            listener.mirrored(Mirrored.DROPPED);
            return Mirror.NONE;
        }
        boolean same = ready.get().manifest().recipe().equals(serving.manifest().recipe());
        return new Waiting(shadow.plan(), same ? null : file);
    }

    /** By the image's digest, so that every instance chooses alike. */
    static boolean sees(double share, String sha256) {
        long digits = Long.parseLong(sha256.substring(0, 12), 16);
        return digits < share * (1L << 48);
    }

    private final class Waiting implements Mirror {

        private final EditionPlan shadow;
        private final @Nullable ImageBytes file;

        Waiting(EditionPlan shadow, @Nullable ImageBytes file) {
            this.shadow = shadow;
            this.file = file;
        }

        @Override
        public long bytes() {
            return file == null ? 0 : file.length();
        }

        @Override
        public void answered(AnnotatedImage answer) {
            long pixels =
                    answer.image().cells().stream()
                            .mapToLong(cell -> cell.pixels().rgb().length)
                            .sum();
            if (!offer(new Work(shadow, answer, file, pixels + bytes()))) {
                listener.mirrored(Mirrored.DROPPED);
            }
        }
    }

    private boolean offer(Work work) {
        lock.lock();
        try {
            if (closed || bytes + work.bytes() > MOST_BYTES) {
                return false;
            }
            bytes += work.bytes();
            queue.addLast(work);
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                Work work = next();
                if (work != null) {
                    work(work);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Work next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                arrived.await();
            }
            Work work = queue.pollFirst();
            if (work != null) {
                bytes -= work.bytes();
            }
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void work(Work work) throws InterruptedException {
        try {
            Optional<Lease> lease = editions.lease(work.shadow(), Duration.ofMillis(1));
            if (lease.isEmpty()) {
                listener.mirrored(Mirrored.DROPPED);
                return;
            }
            try (Lease held = lease.get()) {
                compare(work.answer().annotation(), annotated(held.edition(), work));
            }
            listener.mirrored(Mirrored.COMPARED);
        } catch (EditionFailedException
                | ExecutionException
                | TimeoutException
                | RejectedImageException
                | RuntimeException e) {
            LOG.debug("shadow fails", e);
            listener.mirrored(Mirrored.FAILED);
        }
    }

    private List<CellAnnotation> annotated(ServedRelease shadow, Work work)
            throws InterruptedException,
                    ExecutionException,
                    TimeoutException,
                    RejectedImageException {
        awaitIdle();
        PreparedImage served = work.answer().image();
        PreparedImage image =
                work.file() == null
                        ? served
                        : shadow.prepare(work.file(), served.kind(), served.sha256());
        List<CellAnnotation> annotations = new ArrayList<>();
        for (int from = 0; from < image.cells().size(); from += CELLS_AT_A_TIME) {
            awaitIdle();
            shadow.annotate(part(image, from), Priority.ROUTINE)
                    .get(LONGEST_RUN.toNanos(), TimeUnit.NANOSECONDS)
                    .annotation()
                    .cells()
                    .forEach(cell -> annotations.add(cell.annotation()));
        }
        return annotations;
    }

    private static PreparedImage part(PreparedImage image, int from) {
        int until = Math.min(from + CELLS_AT_A_TIME, image.cells().size());
        return new PreparedImage(
                image.sha256(),
                image.kind(),
                image.width(),
                image.height(),
                image.cells().subList(from, until),
                image.qualityFlags());
    }

    private void awaitIdle() throws InterruptedException {
        while (!idle.getAsBoolean() && !closed) {
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    private void compare(ImageAnnotation answered, List<CellAnnotation> shadowed) {
        List<CellResult> cells = answered.cells();
        if (cells.size() != shadowed.size()) {
            throw new IllegalStateException(
                    "%d cells answered, %d shadowed".formatted(cells.size(), shadowed.size()));
        }
        for (int i = 0; i < cells.size(); i++) {
            CellAnnotation answer = cells.get(i).annotation();
            listener.compared(Agreement.of(answer, shadowed.get(i)));
            Agreement.similarityDifference(answer, shadowed.get(i))
                    .ifPresent(listener::similarityDiffered);
        }
    }

    /** Gives up what waits. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            bytes = 0;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
