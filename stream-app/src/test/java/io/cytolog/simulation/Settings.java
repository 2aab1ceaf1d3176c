// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.batch.BatchPolicy;
import io.cytolog.schedule.Schedule;
import io.cytolog.topology.BarrierPolicy;
import io.cytolog.topology.InFlightLimits;
import java.time.Duration;

/**
 * The world of one schedule, small so that a few steps reach its corners.
 *
 * @param images that scanners send in all
 * @param steps after which the fair ending begins
 * @param decisions most announcements and edits
 * @param blows most revocations, expulsions, kills and stops
 * @param inFlight what a process may have in flight
 * @param commitEvery nanoseconds
 * @param stallIn a session run in so many takes longer than the barrier waits
 * @param failIn a session run in so many throws
 */
record Settings(
        int partitions,
        int instances,
        int threads,
        int decoders,
        int images,
        int steps,
        int decisions,
        int blows,
        BatchPolicy batch,
        BarrierPolicy barrier,
        InFlightLimits inFlight,
        long commitEvery,
        int stallIn,
        int failIn) {

    static final long MS = 1_000_000;

    static Settings drawn(Schedule schedule) {
        BarrierPolicy barrier = new BarrierPolicy(Duration.ofMillis(schedule.between(60, 300)));
        return new Settings(
                schedule.between(1, 2),
                schedule.between(1, 2),
                schedule.between(1, 2),
                schedule.between(1, 2),
                schedule.between(2, 8),
                schedule.between(20, 80),
                schedule.between(0, 5),
                schedule.between(0, 4),
                new BatchPolicy(
                        schedule.between(1, 3),
                        schedule.between(1, 4),
                        Duration.ofMillis(schedule.between(0, 5)),
                        schedule.between(12, 60),
                        Duration.ofMillis(schedule.between(10, 200)),
                        Duration.ofMillis(schedule.between(0, 20))),
                barrier,
                new InFlightLimits(
                        schedule.between(10, 200),
                        barrier.timeout().dividedBy(2),
                        Duration.ofMillis(schedule.between(5, 100)),
                        schedule.between(0, 4)),
                schedule.between(0, 40) * MS,
                schedule.between(10, 60),
                schedule.between(6, 60));
    }
}
