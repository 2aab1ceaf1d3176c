// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

/** What a simulation can be told to do wrong, to prove that it would be seen. */
public enum Defect {
    /** The code as it is. */
    NONE("nothing"),
    NO_BARRIER("a commit does not call the drain"),
    TICK_NOT_SENT("dispatch sends no tick"),
    FINISHED_FIRST("the drain forwards what is finished before what is older"),
    RESULTS_OUTSIDE_TRANSACTION("results are visible before their transaction commits"),
    OFFSETS_OF_POLLED("the commit takes the position of a record that is still to be processed"),
    ORIGIN_OF_LAST_TICK("a drained result carries the time of the last tick"),
    MIXED_EDITION("a session run answers with the newest edition instead of its own"),
    EDITION_BY_ARRIVAL("the edition is chosen by the clock and not by the record's time"),
    LEASE_TOO_SHORT("an image gives its lease back before it is answered"),
    WORK_SIGNAL_LOST("the session's thread is not woken when work arrives"),
    ROOM_SIGNAL_LOST("who stands in line is not woken when room is made"),
    NO_ADMISSION("images enter a lane without room"),
    ROUTINE_STARVED("the lanes never take turns"),
    TIMER_LEFT("a cancelled timer goes on"),
    FAILURE_FORGOTTEN("a failed run leaves its images unanswered"),
    SESSION_LEAKED("a failed session is replaced and not closed");

    private final String what;

    Defect(String what) {
        this.what = what;
    }

    public String what() {
        return what;
    }
}
