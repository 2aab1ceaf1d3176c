// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.schedule.Defect;
import io.cytolog.schedule.Event;
import io.cytolog.schedule.Schedule;
import io.cytolog.topology.SimulatedTask.Forwarded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logs, committed positions, who owns which partition, and what readers of committed records see.
 * Whatever becomes visible is checked here.
 */
final class Broker {

    /** A record of the source. */
    record Captured(int specimen, long timestamp) {}

    /** One partition. */
    static final class Partition {
        private final List<Captured> log = new ArrayList<>();
        private int visible;
        private int committed;
        private @Nullable StreamThread owner;

        List<Captured> log() {
            return log;
        }

        int committed() {
            return committed;
        }

        @Nullable StreamThread owner() {
            return owner;
        }

        void giveTo(@Nullable StreamThread thread) {
            owner = thread;
        }
    }

    private final Schedule schedule;
    private final Announcer announcer;
    private final List<Partition> partitions = new ArrayList<>();
    private final Set<Long> misplaced = new HashSet<>();
    private long lastTimestamp;
    private String lastEdition = "a/bank-0";

    Broker(Schedule schedule, Announcer announcer, int partitions) {
        this.schedule = schedule;
        this.announcer = announcer;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new Partition());
        }
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** Appends a record; its time is its own, so that it can be told by it. */
    void append(int partition, int specimen) {
        if (schedule.millis() <= lastTimestamp) {
            schedule.passTo((lastTimestamp + 1) * Settings.MS);
        }
        lastTimestamp = schedule.millis();
        partitions.get(partition).log.add(new Captured(specimen, lastTimestamp));
    }

    /** An image of this time may be answered by another edition: its own was late. */
    void misplaced(long timestamp) {
        schedule.count(Event.EDITION_LATE);
        misplaced.add(timestamp);
    }

    boolean isDone() {
        for (Partition partition : partitions) {
            if (partition.committed < partition.log.size()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a thread still owns all of these. */
    boolean mayCommit(StreamThread thread, Set<Integer> tasks) {
        for (int partition : tasks) {
            if (partitions.get(partition).owner != thread) {
                return false;
            }
        }
        return true;
    }

    /** Takes a forwarded result into the open transaction, or lets it out at once. */
    void send(Forwarded result, List<Forwarded> transaction) {
        if (schedule.has(Defect.RESULTS_OUTSIDE_TRANSACTION)) {
            publish(result);
        } else {
            transaction.add(result);
        }
    }

    /** Results become visible and positions committed, all at once. */
    void commit(List<Forwarded> transaction, Map<Integer, Integer> positions) {
        transaction.forEach(this::publish);
        positions.forEach(this::commit);
    }

    private void commit(int number, int position) {
        Partition partition = partitions.get(number);
        if (position < partition.committed) {
            throw schedule.fail("partition %d is committed backwards".formatted(number));
        }
        if (partition.visible != position) {
            throw schedule.fail(
                    "partition %d is committed to %d, its results reach to %d"
                            .formatted(number, position, partition.visible));
        }
        partition.committed = position;
    }

    private void publish(Forwarded result) {
        Partition partition = partitions.get(result.partition());
        if (result.offset() != partition.visible) {
            throw schedule.fail(
                    "result of %d@%d becomes visible, next is %d"
                            .formatted(result.partition(), result.offset(), partition.visible));
        }
        partition.visible++;
        check(result, partition.log.get((int) result.offset()));
    }

    private void check(Forwarded result, Captured source) {
        if (result.timestamp() != source.timestamp()) {
            throw schedule.fail("a result has not the time of its image");
        }
        if (!result.slide().equals(Specimens.slideOfOutcome(source.specimen()))) {
            throw schedule.fail("a result has not the slide of its image");
        }
        if (result.annotation().isEmpty() != Specimens.isRejected(source.specimen())) {
            throw schedule.fail("good and bad are confused");
        }
        schedule.count(
                result.annotation().isEmpty() ? Event.IMAGE_REJECTED : Event.IMAGE_ANNOTATED);
        result.annotation().ifPresent(annotation -> check(annotation, source));
    }

    private void check(ImageAnnotation annotation, Captured source) {
        String edition = annotation.releaseId().value().charAt(0) + "/" + annotation.bankVersion();
        if (!edition.equals(lastEdition)) {
            schedule.count(Event.EDITION_CHANGED);
            lastEdition = edition;
        }
        String demanded = announcer.demanded(source.timestamp());
        if (!edition.equals(demanded) && !misplaced.contains(source.timestamp())) {
            throw schedule.fail(
                    "edition %s answered a record of %d, its time demands %s"
                            .formatted(edition, source.timestamp(), demanded));
        }
        if (annotation.cells().size() != Specimens.cells(source.specimen())) {
            throw schedule.fail("a result has not the cells of its image");
        }
        int cell = 0;
        for (CellResult result : annotation.cells()) {
            if (!result.annotation().runnerUp().id().equals(edition)) {
                throw schedule.fail("a mix of editions answered one image");
            }
            if (result.annotation().margin() != source.specimen() * 16.0 + cell++) {
                throw schedule.fail("a cell has the answer of another");
            }
        }
    }
}
