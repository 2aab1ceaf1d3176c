// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a chaos run is made of.
 *
 * @param kills in the plan, beside what goes with them
 * @param longest no fault comes after this time, done or not
 * @param longestPause between two faults
 * @param instances of the stream-app at the start
 * @param partitions of every topic
 * @param perSecond images published a second
 * @param control whether the instances run without the commit barrier
 * @param release that the instances serve
 * @param work for the broker's log and the instances' state; deleted by whoever made it
 * @param out for the logs of the children, the faults and the verdict
 */
public record ChaosSettings(
        int kills,
        Duration longest,
        Duration longestPause,
        int instances,
        int partitions,
        int perSecond,
        boolean control,
        Path release,
        Path work,
        Path out) {}
