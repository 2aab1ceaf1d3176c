// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The images of one task that were consumed and not yet answered, in source order. A state store
 * only so that dispatch and drain share it and that the task's end closes it: nothing is logged and
 * nothing restored, since the commit barrier leaves it empty at every commit. Owned by the task's
 * stream thread.
 */
final class InFlight implements StateStore {

    /** Name of the store in the topology. */
    static final String NAME = "in-flight";

    /**
     * An image under way.
     *
     * @param record its key, timestamp and headers, which the result inherits
     * @param share what it takes of the bound
     */
    record Image(
            FixedKeyRecord<SlideKey, RecordPosition> record,
            CompletableFuture<Outcome> outcome,
            InFlightBound.Share share) {}

    private final FlowListener listener;
    private final Deque<Image> images = new ArrayDeque<>();
    private Optional<Cancellable> timer = Optional.empty();
    private boolean open;

    private InFlight(FlowListener listener) {
        this.listener = listener;
    }

    static StoreBuilder<InFlight> builder(FlowListener listener) {
        return new Builder(listener);
    }

    void add(Image image) {
        images.addLast(image);
        listener.inFlightChanged(1);
    }

    boolean isEmpty() {
        return images.isEmpty();
    }

    /** The oldest image, finished or not. */
    @Nullable Image oldest() {
        return images.peekFirst();
    }

    /** Takes out the oldest image; the timer ends with the last one. */
    void removeOldest() {
        images.removeFirst().share().giveBack();
        listener.inFlightChanged(-1);
        if (images.isEmpty()) {
            stopTimer();
        }
    }

    /** Sees to it that a timer runs while something is in flight, and only then. */
    void keepTimer(Supplier<Cancellable> schedule) {
        if (timer.isEmpty() && !images.isEmpty()) {
            timer = Optional.of(schedule.get());
        }
    }

    private void stopTimer() {
        timer.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    /** Gives up what is under way; its records were not committed and come again. */
    @Override
    public void close() {
        open = false;
        stopTimer();
        listener.inFlightChanged(-images.size());
        images.forEach(
                image -> {
                    image.share().giveBack();
                    image.outcome().cancel(false);
                });
        images.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private record Builder(FlowListener listener) implements StoreBuilder<InFlight> {

        @Override
        public StoreBuilder<InFlight> withCachingEnabled() {
            throw new UnsupportedOperationException("the in-flight store is its own memory");
        }

        @Override
        public StoreBuilder<InFlight> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<InFlight> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("the in-flight store is never logged");
        }

        @Override
        public StoreBuilder<InFlight> withLoggingDisabled() {
            return this;
        }

        @Override
        public InFlight build() {
            return new InFlight(listener);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
