// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers the latest events and hands new ones to whoever watches. Publishing never waits: a
 * watcher that does not keep up is dropped. Any thread may use it.
 */
public final class Feed {

    static final int MOST_RESULTS = 200;
    static final int MOST_REJECTIONS = 100;
    static final int MOST_SLIDES = 200;

    private final int mostWatchers;
    private final Deque<FeedEvent> results = new ArrayDeque<>();
    private final Deque<FeedEvent> rejections = new ArrayDeque<>();
    private final Map<String, FeedEvent> slides = new LinkedHashMap<>();
    private final Set<Watcher> watchers = new HashSet<>();
    private long published;

    public Feed(int mostWatchers) {
        this.mostWatchers = mostWatchers;
    }

    synchronized void result(String json) {
        remember(results, MOST_RESULTS, next(FeedEvent.Kind.ANNOTATED, json));
    }

    synchronized void rejection(String json) {
        remember(rejections, MOST_REJECTIONS, next(FeedEvent.Kind.REJECTED, json));
    }

    synchronized void slide(String slide, String json) {
        slides.remove(slide);
        slides.put(slide, next(FeedEvent.Kind.SUMMARISED, json));
        if (slides.size() > MOST_SLIDES) {
            slides.remove(slides.keySet().iterator().next());
        }
    }

    /** What is remembered and came after the event of that number, oldest first. */
    synchronized List<FeedEvent> after(long number) {
        List<FeedEvent> events = new ArrayList<>(results);
        events.addAll(rejections);
        events.addAll(slides.values());
        events.removeIf(event -> event.number() <= number);
        events.sort(Comparator.comparingLong(FeedEvent::number));
        return events;
    }

    /** A watcher that misses nothing after that event; none when there are as many as may be. */
    synchronized Optional<Watcher> watch(long afterNumber) {
        if (watchers.size() >= mostWatchers) {
            return Optional.empty();
        }
        Watcher watcher = new Watcher(after(afterNumber));
        watchers.add(watcher);
        return Optional.of(watcher);
    }

    synchronized void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    synchronized int watchers() {
        return watchers.size();
    }

    synchronized boolean full() {
        return watchers.size() >= mostWatchers;
    }

    /** Lets every watcher go, so that a server can stop. */
    synchronized void dismissAll() {
        watchers.forEach(Watcher::dismiss);
        watchers.clear();
    }

    private FeedEvent next(FeedEvent.Kind kind, String json) {
        FeedEvent event = new FeedEvent(++published, kind, json);
        watchers.removeIf(watcher -> !watcher.offer(event));
        return event;
    }

    private static void remember(Deque<FeedEvent> ring, int bound, FeedEvent event) {
        ring.addLast(event);
        if (ring.size() > bound) {
            ring.removeFirst();
        }
    }
}
