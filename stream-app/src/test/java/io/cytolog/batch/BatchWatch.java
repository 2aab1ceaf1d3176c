// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps books of its own on a batcher, and compares: bytes within the bound, first come first
 * served in a lane, ROUTINE passed by no more than one STAT cell once its lead is over, no image
 * left without an answer.
 */
final class BatchWatch {

    private static final class Image {
        private final List<?> cells;
        private final long bytes;
        private final Priority priority;
        private final long entered;
        private final CompletableFuture<?> result;
        private int taken;

        Image(Entry entry, long entered, CompletableFuture<?> result) {
            this.cells = entry.cells();
            this.bytes = entry.bytes() / entry.cells().size();
            this.priority = entry.priority();
            this.entered = entered;
            this.result = result;
        }

        private long waitingBytes() {
            return result.isDone() ? 0 : bytes * (cells.size() - taken);
        }
    }

    private final BatchPolicy policy;
    private final Schedule schedule;
    private final Map<Priority, Deque<Image>> lanes = new EnumMap<>(Priority.class);
    private final List<CompletableFuture<?>> unanswered = new ArrayList<>();
    private final Map<CellJob, Integer> cellsRun = new IdentityHashMap<>();
    private int statInARow;

    BatchWatch(BatchPolicy policy, Schedule schedule) {
        this.policy = policy;
        this.schedule = schedule;
        lanes.put(Priority.STAT, new ArrayDeque<>());
        lanes.put(Priority.ROUTINE, new ArrayDeque<>());
    }

    boolean isIdle() {
        unanswered.removeIf(CompletableFuture::isDone);
        return unanswered.isEmpty();
    }

    void enters(Entry entry) {
        long waiting = 0;
        for (Image image : lanes.get(entry.priority())) {
            waiting += image.waitingBytes();
        }
        if (waiting > 0 && waiting + entry.bytes() > policy.maxBytes() / 2) {
            throw schedule.fail(
                    "a lane of %d bytes holds %d and lets %d more in"
                            .formatted(policy.maxBytes() / 2, waiting, entry.bytes()));
        }
    }

    void entered(Entry entry, CompletableFuture<List<CellAnnotation>> result) {
        if (!result.isDone()) {
            lanes.get(entry.priority()).addLast(new Image(entry, schedule.now(), result));
            unanswered.add(result);
        }
    }

    void taken(List<BatchedCell> batch) {
        if (batch.isEmpty() || batch.size() > policy.maxSize()) {
            throw schedule.fail("a batch of %d cells".formatted(batch.size()));
        }
        if (batch.getFirst().job() != batch.getLast().job()) {
            schedule.count(Event.BATCH_SHARED);
        }
        batch.forEach(this::taken);
    }

    private void taken(BatchedCell cell) {
        boolean overdue = routineIsOverdue();
        Deque<Image> lane = lanes.get(cell.job().priority());
        Image first = first(lane);
        if (first == null || first.result != cell.job().result() || first.taken != cell.index()) {
            throw schedule.fail("a cell is taken out of turn");
        }
        first.taken++;
        if (first.taken == first.cells.size()) {
            lane.removeFirst();
        }
        statInARow = overdue && first.priority == Priority.STAT ? statInARow + 1 : 0;
        if (statInARow == 1) {
            schedule.count(Event.ROUTINE_TOOK_TURNS);
        }
        if (statInARow > 1) {
            throw schedule.fail("ROUTINE is passed by STAT after its lead");
        }
    }

    private boolean routineIsOverdue() {
        Image oldest = first(lanes.get(Priority.ROUTINE));
        return oldest != null && schedule.now() - oldest.entered >= policy.statLead().toNanos();
    }

    private static Image first(Deque<Image> lane) {
        for (Iterator<Image> images = lane.iterator(); images.hasNext(); ) {
            Image image = images.next();
            if (!image.result.isDone()) {
                return image;
            }
            images.remove();
        }
        return null;
    }

    /** After a run each of its images is answered, failed, or has cells that still wait or run. */
    void ended(List<BatchedCell> batch) {
        for (BatchedCell cell : batch) {
            int ran = cellsRun.merge(cell.job(), 1, Integer::sum);
            if (ran == cell.job().size()) {
                cellsRun.remove(cell.job());
                if (!cell.job().result().isDone()) {
                    throw schedule.fail("all cells of an image were run and it has no answer");
                }
            }
        }
    }
}
