// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.content.ContentFetcher;
import io.cytolog.event.ImageCaptured;
import io.cytolog.schedule.Schedule;
import io.cytolog.serde.Readable;
import io.cytolog.serving.Serving;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Makes the real intake over a pool that a simulation steps. */
public final class SimulatedIntake {

    private SimulatedIntake() {}

    public static ImageIntake of(
            Schedule schedule,
            Function<byte[], Readable<ImageCaptured>> reader,
            Serving serving,
            ExecutorService pool,
            InFlightLimits limits,
            LongConsumer meter) {
        return new ImageIntake(
                (topic, value) -> reader.apply(value),
                new ContentFetcher(List.of()),
                serving,
                new OutcomeMessages(() -> Instant.ofEpochMilli(schedule.millis())),
                pool,
                new InFlightBound(limits, schedule::now, meter));
    }
}
