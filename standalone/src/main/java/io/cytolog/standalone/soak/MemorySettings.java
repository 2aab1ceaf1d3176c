// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a memory run does.
 *
 * @param release folder of the release that answers
 * @param out folder for the curve, the numbers and the logs
 * @param heap of the stream's process, as its JVM is told it
 * @param imagesPerSecond what the slowed session answers
 * @param overload how many times as much is published
 * @param mostLead images that may wait in the topic, so that the disk is not filled
 * @param stream settings of the stream-app that differ from the shipped ones, {@code path=text}
 */
public record MemorySettings(
        Path release,
        Path out,
        Duration duration,
        String heap,
        double imagesPerSecond,
        double overload,
        long mostLead,
        List<String> stream) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([kmgKMG])");

    public MemorySettings {
        stream = List.copyOf(stream);
        if (!SIZE.matcher(heap).matches()) {
            throw new IllegalArgumentException(
                    "%s is not a size for -Xmx; give one such as 512m".formatted(heap));
        }
    }

    /** The heap in bytes. */
    long maxHeap() {
        Matcher size = SIZE.matcher(heap);
        size.matches();
        int shift =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    default -> 30;
                };
        return Long.parseLong(size.group(1)) << shift;
    }
}
