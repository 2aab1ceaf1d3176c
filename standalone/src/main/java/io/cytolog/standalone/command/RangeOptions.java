// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.standalone.log.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when to when. */
final class RangeOptions {

    @Option(
            names = {"--since", "--from"},
            paramLabel = "TIME",
            converter = Moment.class,
            description = {
                "First time that counts: 2026-03-01T12:00:00Z, or how long ago, such as 90s, 20m, 2h, 7d.",
                "Default: the beginning."
            })
    private @Nullable Instant since;

    @Option(
            names = {"--until", "--to"},
            paramLabel = "TIME",
            converter = Moment.class,
            description = "First time that no longer counts. Default: now.")
    private @Nullable Instant until;

    TimeRange range() {
        return new TimeRange(since, until);
    }
}
