// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.log;

import io.cytolog.standalone.InvalidInputException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records by their log-append time.
 *
 * @param since first time that belongs to it; null for the beginning
 * @param until first time that no longer does; null for the end
 */
public record TimeRange(@Nullable Instant since, @Nullable Instant until) {

    public TimeRange {
        if (since != null && until != null && !since.isBefore(until)) {
            throw new InvalidInputException(
                    "the range %s to %s is empty; give an end after its beginning"
                            .formatted(since, until));
        }
    }
}
