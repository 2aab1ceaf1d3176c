// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

/** What schedules have to reach, or they prove nothing of it; counted over all of them. */
public enum Event {
    IMAGE_ANNOTATED("images annotated"),
    IMAGE_REJECTED("images rejected"),
    BATCH_SHARED("runs with cells of several images"),
    RUN_THREW("runs that threw"),
    RUN_STALLED("runs that stalled beyond the barrier"),
    IMAGE_HELD("images held before a full lane"),
    IMAGE_CANCELLED("images cancelled in the batcher"),
    ROUTINE_TOOK_TURNS("STAT cells taken while ROUTINE was past its lead"),
    EDITION_CHANGED("changes of the edition from one result to the next"),
    EDITION_CLOSED("editions closed while the process went on"),
    EDITION_REFUSED("loads of a bad release"),
    EDITION_LATE("images answered by another edition, since theirs was late, and counted so"),
    CACHE_EMITTED("ticks emitted before the commit"),
    ROOM_AWAITED("records that waited for room in flight"),
    BARRIER_WAITED("waits of the drain"),
    BARRIER_TIMED_OUT("waits of the drain that timed out"),
    COMMITTED("commits"),
    COMMIT_REFUSED("commits that failed after the drain"),
    COMMIT_ANSWER_LOST("commits that were taken and seemed to fail"),
    COMMIT_FENCED("commits of a zombie, fenced"),
    PARTITION_REVOKED("partitions revoked clean"),
    CLOSED_DIRTY("threads that closed their tasks dirty"),
    PROCESS_STOPPED("processes stopped clean"),
    PROCESS_KILLED("processes killed"),
    KILLED_IN_WAIT("of them while a stream thread waited");

    private final String what;

    Event(String what) {
        this.what = what;
    }

    public String what() {
        return what;
    }
}
