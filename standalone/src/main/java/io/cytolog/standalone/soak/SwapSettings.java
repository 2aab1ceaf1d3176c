// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run of swaps does.
 *
 * @param release folder of the release that is copied under several names
 * @param out folder for the curve, the numbers and the logs
 * @param swaps announcements that must take effect
 * @param every time from one to the next
 * @param calm time without announcements, before and after
 * @param perSecond images fed a second
 * @param heap of the stream's process, as its JVM is told it
 */
public record SwapSettings(
        Path release,
        Path out,
        int swaps,
        Duration every,
        Duration calm,
        int perSecond,
        String heap) {}
