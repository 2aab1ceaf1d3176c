// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the feed to browsers as server-sent events. Each browser has a thread of its own, and the
 * feed bounds how many there are; a browser that comes back is sent what it missed.
 */
final class FeedEndpoint {

    /** Also how long a browser that left without a word goes unnoticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Feed feed;
    private final String process;

    /**
     * @param process tells this run of the process from others: numbers start again with each
     */
    FeedEndpoint(Feed feed, String process) {
        this.feed = feed;
        this.process = process;
    }

    /** Refuses while there is still a status to refuse with. */
    void admit(Context request) {
        if (feed.full()) {
            throw new ServiceUnavailableResponse("too many pages watch the feed; close one");
        }
    }

    /** Runs until the browser leaves, is too slow, or the feed ends. */
    void serve(SseClient browser) {
        Optional<Watcher> watcher = feed.watch(lastSeen(browser.ctx().header("Last-Event-ID")));
        if (watcher.isEmpty()) {
            return;
        }
        try {
            send(browser, watcher.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.leave(watcher.get());
        }
    }

    private void send(SseClient browser, Watcher watcher) throws InterruptedException {
        // Tells the browser that it is connected before anything happened.
        browser.sendComment("cytolog");
        while (!browser.terminated() && !watcher.dismissed()) {
            Optional<FeedEvent> next = watcher.take(HEARTBEAT);
            if (next.isPresent()) {
                FeedEvent event = next.get();
                browser.sendEvent(
                        event.kind().name().toLowerCase(Locale.ROOT),
                        event.json(),
                        process + "-" + event.number());
            } else if (!watcher.dismissed()) {
                browser.sendComment("still here");
            }
        }
    }

    private long lastSeen(@Nullable String id) {
        if (id == null || !id.matches("\\d{1,18}-\\d{1,18}") || !id.startsWith(process + "-")) {
            return 0;
        }
        return Long.parseLong(id.substring(process.length() + 1));
    }
}
