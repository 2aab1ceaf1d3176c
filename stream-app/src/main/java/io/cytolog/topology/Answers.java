// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Takes an image's outcome out of its future, saying which record failed and why. */
final class Answers {

    private Answers() {}

    /**
     * Waits for an image's outcome.
     *
     * @throws WorkFailedException when there is none in time or the work failed
     */
    static Outcome await(InFlight.Image image, Duration longest, Waiter waiter) {
        RecordPosition source = image.record().value();
        try {
            return waiter.await(image.outcome(), Math.max(0, longest.toNanos()));
        } catch (TimeoutException e) {
            throw new WorkFailedException(
                    """
                    image %s was not answered before the commit barrier's time-out; raise \
                    barrier.timeout or give inference more threads\
                    """
                            .formatted(source),
                    e);
        } catch (ExecutionException e) {
            throw new WorkFailedException(
                    "image %s could not be worked on: %s".formatted(source, e.getCause()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException("interrupted while waiting for image " + source, e);
        }
    }
}
