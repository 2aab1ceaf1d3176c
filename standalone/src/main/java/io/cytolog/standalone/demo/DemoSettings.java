// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.cell.ImageKind;
import io.cytolog.standalone.ImageFolder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo is to do.
 *
 * @param images listed at the start; more may come while it runs
 * @param kind what the images show
 * @param release folder of the release that answers
 * @param out for {@code summary.json}, {@code json/} and {@code hl7/}
 * @param port of the page on the loopback address
 * @param exitWhenDone whether to end when every listed image has its outcome
 * @param stall time without any progress after which it is given up
 */
public record DemoSettings(
        ImageFolder images,
        ImageKind kind,
        Path release,
        Path out,
        int port,
        boolean exitWhenDone,
        Duration stall) {}
