// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.soak.SwapSettings;
import io.cytolog.standalone.soak.SwapSoak;
import io.cytolog.standalone.soak.SwapVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether releases swap under load without a lost or misplaced image, in flat memory. */
@Command(
        name = "swaps",
        description = {
            "Announces one release after another to a stream-app under steady load, six signed copies in",
            "turn so that each swap loads one and closes one, and with every tenth one that must be refused."
        },
        footer = {
            "",
            "Writes swaps.csv, swaps.png and the logs. Exit code 1 when an image was lost, came twice or was",
            "answered by another release than its record's time demands, when memory grew, or when the 99th",
            "percentile from arrival to readable more than doubled."
        })
final class SoakSwapsCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many. Default: 1000.")
    private int swaps;

    @Option(
            names = "--every",
            paramLabel = "MS",
            defaultValue = "3000",
            description = "Milliseconds from one announcement to the next. Default: 3000.")
    private long every;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Time without swaps to compare with, before and after. Default: 60.")
    private long calm;

    @Option(
            names = "--images-per-second",
            paramLabel = "N",
            defaultValue = "20",
            description = "Images published a second. Default: 20.")
    private int perSecond;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of the stream-app, as for -Xmx. Default: 512m.")
    private String heap;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "For results. Default: out/soak-swaps in the project's folder.")
    private Path out;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release that is copied. Default: the one shipped.")
    private Path release;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SwapSettings settings = settings();
        Thread worker = Thread.currentThread();
        try (var signal = StopSignal.on(worker::interrupt)) {
            SwapVerdict verdict = new SwapSoak(settings, System.out, Clock.systemUTC()).run();
            verdict.lines().forEach(System.out::println);
            List<String> broken = verdict.broken();
            broken.forEach(what -> System.out.println("broken: " + what));
            System.out.println(broken.isEmpty() ? "held" : "not held");
            return signal.exitCode().orElse(broken.isEmpty() ? Cytolog.DONE : Cytolog.FAILED);
        }
    }

    private SwapSettings settings() {
        Path folder = release == null ? ReleaseFolder.shipped() : release;
        new Faults()
                .check(() -> ReleaseFolder.read(folder))
                .check(() -> within("--swaps", swaps, 1, 100_000))
                .check(() -> within("--every", every, 100, 3_600_000))
                .check(() -> within("--calm", calm, 1, 3_600))
                .check(() -> within("--images-per-second", perSecond, 1, 10_000))
                .check(this::checkHeap)
                .refuse();
        return new SwapSettings(
                folder.toAbsolutePath().normalize(),
                (out == null ? ReleaseFolder.home().resolve("out/soak-swaps") : out)
                        .toAbsolutePath()
                        .normalize(),
                swaps,
                Duration.ofMillis(every),
                Duration.ofSeconds(calm),
                perSecond,
                heap);
    }

    private void checkHeap() {
        if (!heap.matches("\\d{1,6}[kmgKMG]")) {
            throw new InvalidInputException(
                    "--heap=%s is not a size for -Xmx; give one such as 512m".formatted(heap));
        }
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    "%s=%d is out of bounds; give %d to %d".formatted(option, value, least, most));
        }
    }
}
