// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.ReleaseId;
import java.time.Duration;

/**
 * What serving tells of its work, so that it need not know who measures it. Called by any thread:
 * an implementation is brief, safe for any thread and never throws.
 */
public interface ServingListener {

    /** Listens to nothing. */
    ServingListener NONE = new ServingListener() {};

    /** Why an image was not answered by the edition that its time demands. */
    enum Misplacement {
        /** The edition was not loaded in time. */
        LATE,
        /** The edition is no longer to be had. */
        GONE
    }

    /** What became of an image that a shadow was to see. */
    enum Mirrored {
        COMPARED,
        /** There was no room for it, or the shadow was not ready. */
        DROPPED,
        FAILED
    }

    /** Another edition answers images of now. */
    default void serving(ReleaseId release, String bankVersion) {}

    /**
     * @param announcements that hold now and that this instance cannot carry out
     */
    default void refused(int announcements) {}

    /** An image was answered by another edition than its time demands. */
    default void misplaced(Misplacement why) {}

    /** An edition was made in this time. */
    default void loaded(Duration took) {}

    /** So many editions are open. */
    default void resident(int editions) {}

    /** An edit of a sentence was taken into an edition, or refused, for the first time. */
    default void edited(boolean taken) {}

    /** An image that a shadow was to see was compared, or was not. */
    default void mirrored(Mirrored outcome) {}

    /** A cell was compared. */
    default void compared(Agreement agreement) {}

    /** Mean absolute difference of a cell's similarities to the sentences that both name. */
    default void similarityDiffered(double difference) {}
}
