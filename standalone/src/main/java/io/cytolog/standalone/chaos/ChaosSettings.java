// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import java.nio.file.Path;

/**
 * What a chaos run is made of.
 *
 * @param instances of the stream-app at the start
 * @param partitions of every topic
 * @param perSecond images published a second
 * @param control whether the instances run without the commit barrier
 * @param work for the broker's log and the instances' state; deleted by whoever made it
 * @param out for the logs of the children, the faults and the verdict
 */
public record ChaosSettings(
        int instances, int partitions, int perSecond, boolean control, Path work, Path out) {}
