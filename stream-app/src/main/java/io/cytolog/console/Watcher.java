// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One browser's share of the feed: what it has yet to be sent, bounded. The feed offers, the
 * browser's own thread takes.
 */
final class Watcher {

    /** About a second of a busy feed; the backlog at the start is not counted. */
    static final int MOST_WAITING = 512;

    /** Wakes the thread that waits for the next event when there will be none. */
    private static final FeedEvent END = new FeedEvent(0, FeedEvent.Kind.ANNOTATED, "");

    private final BlockingQueue<FeedEvent> waiting;
    private volatile boolean dismissed;

    Watcher(List<FeedEvent> backlog) {
        this.waiting = new ArrayBlockingQueue<>(backlog.size() + MOST_WAITING, false, backlog);
    }

    /** False when the watcher is too slow and has been dismissed. */
    boolean offer(FeedEvent event) {
        if (!waiting.offer(event)) {
            dismiss();
        }
        return !dismissed;
    }

    /** The next event, or none when there was none for so long. */
    Optional<FeedEvent> take(Duration patience) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
                .filter(event -> event != END);
    }

    void dismiss() {
        dismissed = true;
        waiting.clear();
        waiting.offer(END);
    }

    boolean dismissed() {
        return dismissed;
    }
}
