// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a memory run does.
 *
 * @param release folder of the release that answers
 * @param out folder for the curve, the numbers and the logs
 * @param heap of the stream's process, as its JVM is told it
 * @param imagesPerSecond what the slowed session answers
 * @param overload how many times as much is published
 * @param mostLead images that may wait in the topic, so that the disk is not filled
 */
public record MemorySettings(
        Path release,
        Path out,
        Duration duration,
        String heap,
        double imagesPerSecond,
        double overload,
        long mostLead) {}
