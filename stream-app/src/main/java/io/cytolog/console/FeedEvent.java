// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

/**
 * One thing that happened, ready to be sent.
 *
 * @param number counts the events of this process, from 1
 * @param kind what {@code json} is
 */
record FeedEvent(long number, Kind kind, String json) {

    /** The constants' names in lower case are the names of the browser's events. */
    enum Kind {
        ANNOTATED,
        REJECTED,
        SUMMARISED
    }
}
